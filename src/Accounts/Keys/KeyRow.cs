namespace Anlan.Accounts.Keys;

/// <summary>How a key stands.</summary>
public enum KeyState
{
    /// <summary>It is taken.</summary>
    InForce,

    /// <summary>Its last day is over.</summary>
    RunOut,

    /// <summary>Somebody revoked it.</summary>
    Revoked,

    /// <summary>Its account is disabled.</summary>
    AccountDisabled,
}

/// <summary>A key in a list. Public, because a part of a page takes it as its parameter.</summary>
/// <param name="Account">For whom it acts.</param>
/// <param name="UserName">That account's name.</param>
/// <param name="Start">Its beginning.</param>
/// <param name="Permissions">What it was given; of these counts what its account's role still holds.</param>
/// <param name="Lost">What of it the role no longer holds.</param>
public sealed record KeyRow(
    Guid Id, Guid Account, string UserName, bool IsService, string Name, string Start, IReadOnlyList<string> Permissions, IReadOnlyList<string> Lost, IReadOnlyList<string> Networks, DateTimeOffset MadeAt, DateOnly LastDay,
    DateTimeOffset? LastUsedAt, KeyState State, string? RevokeReason);
