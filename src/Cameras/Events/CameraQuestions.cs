namespace Anlan.Cameras.Events;

/// <summary>What Cameras asks the rule book.</summary>
internal static class CameraQuestions
{
    /// <summary>How many people may be in a space without a permit.</summary>
    public const string Entry = "cameras.entry";

    /// <summary>For how long somebody inside may be out of sight.</summary>
    public const string Unseen = "cameras.unseen";

    /// <summary>For how long the attendant's post may be empty while somebody is inside.</summary>
    public const string Post = "cameras.post";

    /// <summary>Whether somebody may go in after one who went down.</summary>
    public const string Rescue = "cameras.rescue";

    /// <summary>All of them, for the rule book.</summary>
    public static IReadOnlyList<string> All { get; } = [Entry, Unseen, Post, Rescue];
}
