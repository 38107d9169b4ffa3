namespace Anlan.Accounts.Delegations;

/// <summary>How a delegation stands today.</summary>
public enum DelegationState
{
    /// <summary>In force.</summary>
    InForce,

    /// <summary>Begins later.</summary>
    Future,

    /// <summary>Ran out or was ended.</summary>
    Ended,
}

/// <summary>A delegation in a list. Public, because a part of a page takes it as its parameter.</summary>
/// <param name="Holder">User name of who handed on.</param>
/// <param name="Delegate">User name of who acts instead.</param>
/// <param name="IsGiven">True when the reader handed it on.</param>
/// <param name="OrganZh">The organ of both.</param>
/// <param name="EndReason">Why it ended before its last day: a reason, or the code <c>AccountDisabled</c> or <c>RoleChanged</c>.</param>
public sealed record DelegationRow(
    Guid Id, string Holder, string? HolderName, string Delegate, string? DelegateName, bool IsGiven, string? OrganZh, string? OrganEn, string? EnterpriseName, IReadOnlyList<string> Permissions, DateOnly FirstDay, DateOnly LastDay,
    string Number, string Title, string Text, DelegationState State, DateTimeOffset? EndedAt, string? EndReason);
