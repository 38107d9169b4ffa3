using Anlan.Host;
using Anlan.Toolkit.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Anlan.Tests.Platform.Toolkit.Data;

/// <summary>A database of an earlier version is copied before it is migrated.</summary>
public sealed class DatabaseSetupTests : IDisposable
{
    private readonly DataFolder _data = new(Directory.CreateTempSubdirectory("anlan-migrate-").FullName);

    [Fact]
    public async Task An_old_database_is_copied_whole_before_it_is_migrated()
    {
        TestStore.RunPast(_data.Root, "main.db", "create table earlier(word text); insert into earlier values('kept')");

        await StartAndStopAsync();

        var copy = Assert.Single(Directory.GetFiles(_data.Backups));
        if (TestStore.IsPostgres)
        {
            // A dump of pg_dump: its first bytes say so, and its list of contents is read by pg_restore only.
            Assert.StartsWith("PGDMP", System.Text.Encoding.ASCII.GetString(await File.ReadAllBytesAsync(copy)), StringComparison.Ordinal);
            return;
        }

        Assert.Equal("kept", Read(copy, "select word from earlier"));
        Assert.Null(Read(copy, "select name from sqlite_master where name = 'accounts_accounts'"));
        Assert.Equal("accounts_accounts", Read(_data.MainDatabase, "select name from sqlite_master where name = 'accounts_accounts'"));
    }

    [Fact]
    public async Task A_new_installation_and_an_up_to_date_one_make_no_copy()
    {
        for (var start = 0; start < 2; start++) await StartAndStopAsync();

        Assert.Empty(Directory.GetFiles(_data.Backups));
    }

    public void Dispose() => TestStore.Remove(_data.Root);

    private async Task StartAndStopAsync()
    {
        string[] settings = [$"--Anlan:Data={_data.Root}", $"--Anlan:HttpPort={FreePort.Find()}", $"--Anlan:MqttPort={FreePort.Find()}", .. TestStore.Arguments(_data.Root)];
        await using var app = HostApplication.Build(settings, builder => builder.Logging.ClearProviders());
        await app.StartAsync();
    }

    private static object? Read(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
