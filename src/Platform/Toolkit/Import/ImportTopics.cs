namespace Anlan.Toolkit.Import;

/// <summary>What open pages follow.</summary>
public static class ImportTopics
{
    /// <summary>How far an import is.</summary>
    public static string Of(Guid run) => $"imports/{run}";
}
