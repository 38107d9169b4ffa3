namespace Anlan.Toolkit.Evidence;

/// <summary>A head on its way to a witness, with the proof that its log only grew.</summary>
/// <param name="Head">The signed text, see docs/protocols/evidence.md.</param>
/// <param name="Signature">Its signature, DER in Base64.</param>
/// <param name="From">Entries of the head that the witness knows; 0 = none.</param>
/// <param name="Consistency">Path from there to this head, each hash in Base64.</param>
public sealed record HeadSubmission(string Head, byte[] Signature, long From, IReadOnlyList<byte[]> Consistency)
{
    /// <summary>Header with the signature over the whole body, DER in Base64: nobody but the log itself can send a proof that fails.</summary>
    public const string SignatureHeader = "Anlan-Signature";
}
