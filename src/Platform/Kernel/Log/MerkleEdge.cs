namespace Anlan.Kernel.Log;

/// <summary>The right edge of a growing Merkle tree: the roots of its full subtrees, at most one for each power of two. Enough to tell the root after every leaf.</summary>
public sealed class MerkleEdge
{
    private readonly Stack<byte[]> _subtrees = new();

    /// <summary>How many leaves were added.</summary>
    public long Size { get; private set; }

    /// <summary>The root of the tree as it stands.</summary>
    public byte[] Root
    {
        get
        {
            byte[]? root = null;
            foreach (var subtree in _subtrees) root = root is null ? subtree : MerkleTree.Node(subtree, root);
            return root ?? MerkleTree.EmptyRoot;
        }
    }

    /// <summary>Adds the hash of the next leaf.</summary>
    public void Add(byte[] leafHash)
    {
        var hash = leafHash;
        for (var full = Size; full % 2 == 1; full /= 2) hash = MerkleTree.Node(_subtrees.Pop(), hash);
        _subtrees.Push(hash);
        Size++;
    }
}
