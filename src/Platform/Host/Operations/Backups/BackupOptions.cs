using System.ComponentModel.DataAnnotations;

namespace Anlan.Host.Operations.Backups;

/// <summary>Scheduled backups, section <c>Anlan:Backup</c>.</summary>
internal sealed class BackupOptions : IValidatableObject
{
    /// <summary>Where the settings file lies.</summary>
    public static string SettingsFile { get; } = Path.Combine(AppContext.BaseDirectory, "appsettings.json");

    /// <summary>What to do where tables and log lie in PostgreSQL.</summary>
    public const string OnPostgres = "Copy the database with pg_dump --format=custom (one snapshot of both schemas) and the data folder with its keys/ by tar, in this order; docs/operations.md says how, and how to restore.";

    /// <summary>Folder in which each backup gets a folder of its own; empty = no scheduled backups. Ignored on PostgreSQL.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Folder for the keys, apart from the rest; empty = inside the backup.</summary>
    public string KeysFolder { get; init; } = "";

    /// <summary>Time of day in the city, for example <c>02:30</c>. A server that was off then makes up for it when it starts.</summary>
    public TimeOnly At { get; init; } = new(2, 30);

    /// <summary>For so many days the last backup of each day is kept.</summary>
    [Range(1, 366)]
    public int KeepDays { get; init; } = 7;

    /// <summary>For so many weeks the last backup of each week is kept.</summary>
    [Range(0, 520)]
    public int KeepWeeks { get; init; } = 8;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Folder.Length == 0 && KeysFolder.Length > 0) yield return new ValidationResult("Anlan:Backup:KeysFolder is set, but Anlan:Backup:Folder is not.", [nameof(KeysFolder)]);
    }
}
