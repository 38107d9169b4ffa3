using Anlan.Host;
using Anlan.Toolkit.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Anlan.Tests.Platform.Toolkit.Data;

/// <summary>A database of an earlier version is copied before it is migrated.</summary>
public sealed class DatabaseSetupTests
{
    [Fact]
    public async Task An_old_database_is_copied_whole_before_it_is_migrated()
    {
        var data = new DataFolder(Directory.CreateTempSubdirectory("anlan-migrate-").FullName);
        await using (var old = new SqliteConnection($"Data Source={data.MainDatabase};Pooling=False"))
        {
            await old.OpenAsync();
            Run(old, "create table earlier(word text); insert into earlier values('kept')");
        }

        await using (var app = HostApplication.Build([$"--Anlan:Data={data.Root}", $"--Anlan:HttpPort={FreePort.Find()}", $"--Anlan:MqttPort={FreePort.Find()}"], builder => builder.Logging.ClearProviders()))
        {
            await app.StartAsync();
        }

        var copy = Assert.Single(Directory.GetFiles(data.Backups));
        await using (var restored = new SqliteConnection($"Data Source={copy};Pooling=False"))
        {
            await restored.OpenAsync();
            Assert.Equal("kept", Run(restored, "select word from earlier"));
            Assert.Null(Run(restored, "select name from sqlite_master where name = 'accounts_accounts'"));
        }

        await using (var migrated = new SqliteConnection($"Data Source={data.MainDatabase};Pooling=False"))
        {
            await migrated.OpenAsync();
            Assert.Equal("accounts_accounts", Run(migrated, "select name from sqlite_master where name = 'accounts_accounts'"));
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(data.Root, recursive: true);
    }

    [Fact]
    public async Task A_new_installation_and_an_up_to_date_one_make_no_copy()
    {
        var data = new DataFolder(Directory.CreateTempSubdirectory("anlan-migrate-").FullName);
        for (var start = 0; start < 2; start++)
        {
            await using var app = HostApplication.Build([$"--Anlan:Data={data.Root}", $"--Anlan:HttpPort={FreePort.Find()}", $"--Anlan:MqttPort={FreePort.Find()}"], builder => builder.Logging.ClearProviders());
            await app.StartAsync();
        }

        Assert.Empty(Directory.GetFiles(data.Backups));
        SqliteConnection.ClearAllPools();
        Directory.Delete(data.Root, recursive: true);
    }

    private static object? Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
