using Anlan.Accounts.Registry;

namespace Anlan.Accounts.Sessions;

/// <summary>How far somebody came at the door.</summary>
/// <param name="Account">Who.</param>
internal abstract record Entry(AccountFacts Account)
{
    /// <summary>In: a session began.</summary>
    public sealed record Open(AccountFacts Account, Guid Session, DateTimeOffset BegunAt, DateTimeOffset EndsAt, FactorUsed Factor) : Entry(Account);

    /// <summary>The password was right, a second factor is still to be given (<see cref="HasFactor"/>) or to be enrolled. Nothing is reached until then.</summary>
    public sealed record Half(AccountFacts Account, bool HasFactor) : Entry(Account);
}
