namespace Anlan.Host.Imports;

/// <summary>What one may do with files of records. Which files: each kind asks for the permission that entering one of its records asks for.</summary>
internal static class ImportsPermissions
{
    /// <summary>Upload, check, import and undo one's own files.</summary>
    public const string Run = "imports.run";
}
