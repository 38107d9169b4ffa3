namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>What ConfinedSpaces asks the rule book; the answers lie in <c>rules.json</c>.</summary>
internal static class SpaceQuestions
{
    /// <summary>How often an entry is compared with the place.</summary>
    public const string Review = "spaces.review";

    /// <summary>Who keeps a ledger.</summary>
    public const string Ledger = "spaces.ledger";

    /// <summary>What stands at the opening.</summary>
    public const string NoticeBoard = "spaces.noticeBoard";

    /// <summary>What keeps people out.</summary>
    public const string Isolation = "spaces.isolation";

    public static IReadOnlyList<string> All { get; } = [Review, Ledger, NoticeBoard, Isolation];
}
