using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;

namespace Anlan.Contracts.Accounts;

/// <summary>Proof that the person is present: entering the PIN (or a passkey) a moment ago. A phone that is merely signed in is none.</summary>
/// <param name="Account">The account that proved itself.</param>
/// <param name="Person">The person behind the account.</param>
/// <param name="At">When.</param>
/// <param name="Method"><c>pin</c> or <c>passkey</c>.</param>
public sealed record PersonProof(Guid Account, PersonId Person, DateTimeOffset At, string Method);

/// <summary>Reads proofs of person. The token is sealed by the server; who bears it proved the PIN at <see cref="PersonProof.At"/>.</summary>
public interface IPersonProofs
{
    /// <summary>The proof in a token, or null when it is forged, of another account than <paramref name="account"/>, or the account was since disabled or changed.</summary>
    PersonProof? Read(string? token, Guid account);
}

/// <summary>Makes proofs of person from a PIN, for pages that ask for it themselves; API clients post it to <c>/me/proof</c>. In the scope of the signed-in actor.</summary>
public interface IPinProofs
{
    /// <summary>A sealed proof of this moment; refused with <c>PinWrong</c> (failures so far, limit), <c>PinLocked</c> (until), <c>PinMissing</c> or <c>SignInNeeded</c>.</summary>
    Task<Outcome<SealedProof>> ProveAsync(string? pin, CancellationToken stop);
}

/// <summary>Makes proofs of person from a passkey, for pages that ask for it themselves. In the scope of the signed-in actor and of the request that asked.</summary>
public interface IPasskeyProofs
{
    /// <summary>A question to the actor's passkeys; null when the actor has none.</summary>
    Task<PasskeyChallenge?> ChallengeAsync(CancellationToken stop);

    /// <summary>A sealed proof of this moment; refused with <c>PasskeyRefused</c> (failures so far, limit), <c>FactorLocked</c> (until), <c>PasskeyMissing</c> or <c>SignInNeeded</c>.</summary>
    /// <param name="challenge">Number of the question; it serves once.</param>
    /// <param name="answer">The passkey's answer as JSON.</param>
    /// <param name="stop">Cancels.</param>
    Task<Outcome<SealedProof>> ProveAsync(string? challenge, string? answer, CancellationToken stop);
}

/// <summary>A question to a passkey.</summary>
/// <param name="Challenge">Number under which the answer is awaited.</param>
/// <param name="Options">JSON for <c>navigator.credentials.get</c>.</param>
public sealed record PasskeyChallenge(string Challenge, string Options);

/// <summary>A proof of person as it travels.</summary>
/// <param name="Proof">Opaque text for <see cref="IPersonProofs.Read"/>.</param>
/// <param name="ValidUntil">When it is too old to start a machine.</param>
public sealed record SealedProof(string Proof, DateTimeOffset ValidUntil);
