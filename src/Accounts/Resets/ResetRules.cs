using Anlan.Accounts.Registry;
using Anlan.Kernel.Outcomes;

namespace Anlan.Accounts.Resets;

/// <summary>What is known of a reset when somebody decides on it.</summary>
/// <param name="State">Its state at this moment.</param>
/// <param name="Account">The account to be reset.</param>
/// <param name="AskedBy">Whoever asked.</param>
/// <param name="Decides">Whoever decides now.</param>
/// <param name="IsAccountDisabled">The account was shut out.</param>
/// <param name="IsAskerInForce">Whoever asked may still sign in.</param>
internal sealed record ResetFacts(ResetState State, Guid Account, Guid AskedBy, Guid Decides, bool IsAccountDisabled, bool IsAskerInForce);

/// <summary>Two different people, neither of them the account itself.</summary>
internal static class ResetRules
{
    /// <summary>Characters of a reason.</summary>
    public const int LongestReason = 300;

    /// <summary>What stands against asking, or null.</summary>
    /// <param name="account">The account to be reset.</param>
    /// <param name="isByTwo">Two people decide on accounts of its role.</param>
    /// <param name="asks">Whoever asks.</param>
    /// <param name="waits">Somebody has asked already.</param>
    /// <param name="reason">Why.</param>
    public static Refusal? CheckAsking(AccountFacts account, bool isByTwo, Guid asks, bool waits, string? reason)
    {
        if (reason?.Trim() is not { Length: > 0 and <= LongestReason }) return Refusal.OfField("reason", "ReasonMissing");
        if (account.Id == asks) return new Refusal("OwnAccount");
        if (account.IsDisabled) return new Refusal("AccountDisabled");
        if (!isByTwo) return new Refusal("ResetByInvitation");
        return waits ? new Refusal("ResetWaits") : null;
    }

    /// <summary>What stands against agreeing, or null.</summary>
    public static Refusal? CheckConfirming(ResetFacts facts)
    {
        if (CheckDeciding(facts) is { } refusal) return refusal;
        if (facts.Decides == facts.Account) return new Refusal("OwnAccount");
        if (facts.Decides == facts.AskedBy) return new Refusal("ResetNeedsAnother");
        if (facts.IsAccountDisabled) return new Refusal("AccountDisabled");
        return facts.IsAskerInForce ? null : new Refusal("ResetAskerGone");
    }

    /// <summary>What stands against refusing or taking back, or null: the account's owner may refuse too.</summary>
    public static Refusal? CheckDeciding(ResetFacts facts) => facts.State switch
    {
        ResetState.Waiting => null,
        ResetState.Expired => new Refusal("ResetExpired"),
        _ => new Refusal("ResetDecided"),
    };
}
