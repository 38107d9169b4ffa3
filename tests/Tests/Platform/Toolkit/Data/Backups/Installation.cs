using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.People;
using Anlan.Host;
using Anlan.Kernel.Ids;
using Anlan.Tests.Welding;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Data.Backups;
using Anlan.Toolkit.Security;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Platform.Toolkit.Data.Backups;

/// <summary>A whole server on SQLite files with something in it, and a place for its backups: copies of files are made on that store only.</summary>
public sealed class Installation : IAsyncLifetime
{
    /// <summary>Overrides whatever database the tests run on.</summary>
    public const string OnFiles = "--Anlan:Postgres=";

    private readonly string _root = Directory.CreateTempSubdirectory("anlan-backup-").FullName;

    public string Folder => Path.Combine(_root, "data");

    public string Shelf => Path.Combine(_root, "shelf");

    internal WeldingHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await WeldingHost.StartAsync(folder: Folder, settings: OnFiles);
        await EnterPersonAsync();
        for (var i = 0; i < 20; i++) await DecideAsync();
    }

    /// <summary>One that a test may stop.</summary>
    public static async Task<Installation> StartAsync()
    {
        var made = new Installation();
        await made.InitializeAsync();
        return made;
    }

    public string In(string name) => Path.Combine(_root, name);

    internal TakeBackup Backup(Action<string>? say = null) => new(new DataFolder(Folder), HostApplication.OpenDb, Host.Clock, say ?? (_ => { }));

    internal async Task<string> TakeAsync(string? keys = null)
    {
        // Backups are named by the second.
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        return (await Backup().RunAsync(Shelf, keys, null, CancellationToken.None)).Folder;
    }

    internal Task<RestoreBackup.Restored> RestoreAsync(string backup, string target, string? keys = null, bool replaces = false) =>
        new RestoreBackup(HostApplication.OpenDb, Host.Clock, _ => { }).RunAsync(backup, keys, target, replaces, CancellationToken.None);

    internal Task<BackupManifest> CheckAsync(string backup, string? keys = null) => new BackupCheck(HostApplication.OpenDb, Host.Clock, _ => { }).RunAsync(backup, keys ?? backup, CancellationToken.None);

    /// <summary>One more entry of the log: nobody may start a machine that does not exist.</summary>
    internal Task DecideAsync() => Host.StartAsync(new AMachine(TypedId.New<Anlan.Contracts.Welding.MachineId>(), "NONE", "", ""), TypedId.New<PersonId>());

    /// <summary>A person with sealed fields.</summary>
    internal async Task EnterPersonAsync()
    {
        await using var scope = Host.Services.CreateAsyncScope();
        var (db, fields) = (scope.ServiceProvider.GetRequiredService<AnlanDb>(), Host.Get<PersonalFields>());
        var id = TypedId.New<PersonId>();
        byte[] Seal(string column, string text) => fields.Encrypt(text, $"{Person.OwnerOf(id)}/{column}");
        db.Add(new Person
        {
            Id = id,
            Name = Seal("name", "Invented"),
            IdentityNumber = Seal("identity", "none"),
            Salt = Seal("salt", new string('0', 64)),
            IdentityIndex = fields.BlindIndex(id.Value.ToString(), "enterprises.person.identity"),
            NameIndex = fields.BlindIndex("Invented", "enterprises.person.name"),
            RegisteredAt = Host.Clock.GetUtcNow(),
        });
        await db.SaveAsync();
    }

    /// <summary>Every entry of a log's file up to a position, with its hash.</summary>
    public static List<(long Seq, string Entry, string Leaf)> Entries(string folder, long to)
    {
        using var file = new SqliteConnection($"Data Source={Path.Combine(folder, "hot.db")};Pooling=False");
        file.Open();
        using var command = file.CreateCommand();
        command.CommandText = "select seq, hex(entry), hex(leaf) from log where seq <= $to order by seq";
        command.Parameters.AddWithValue("$to", to);
        using var rows = command.ExecuteReader();
        var entries = new List<(long, string, string)>();
        while (rows.Read()) entries.Add((rows.GetInt64(0), rows.GetString(1), rows.GetString(2)));
        return entries;
    }

    /// <summary>Changes a file of a stopped installation past the platform.</summary>
    public static void RunPast(string file, string sql)
    {
        using var sqlite = new SqliteConnection($"Data Source={file};Pooling=False");
        sqlite.Open();
        using var command = sqlite.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_root, recursive: true);
    }
}
