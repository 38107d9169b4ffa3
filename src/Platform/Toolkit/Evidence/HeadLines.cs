using System.Text;
using Anlan.Kernel.Log;

namespace Anlan.Toolkit.Evidence;

/// <summary>A file of published heads: on each line the signed text and its signature, both in Base64, with a space between.</summary>
public static class HeadLines
{
    /// <summary>One head as a line.</summary>
    public static string Write(SignedTreeHead head) => $"{Convert.ToBase64String(Encoding.ASCII.GetBytes(head.Head.Text))} {Convert.ToBase64String(head.Signature)}\n";

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">A line is no head; the text names it.</exception>
    public static IReadOnlyList<SignedTreeHead> Read(string text)
    {
        var heads = new List<SignedTreeHead>();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0) continue;
            try
            {
                if (lines[i].Split(' ') is not [var head, var signature]) throw new FormatException("Two words were expected.");
                heads.Add(new SignedTreeHead(TreeHead.Parse(Encoding.ASCII.GetString(Convert.FromBase64String(head))), Convert.FromBase64String(signature)));
            }
            catch (FormatException broken)
            {
                throw new FormatException($"Line {i + 1} is no head: {broken.Message}", broken);
            }
        }

        return heads;
    }
}
