using Anlan.Toolkit.Data;
using Anlan.Toolkit.Data.Move;

namespace Anlan.Host;

/// <summary><c>migrate-store</c>: moves an installation from SQLite files to PostgreSQL without starting the server.</summary>
internal static class MigrateStore
{
    /// <summary>Word on the command line.</summary>
    public const string Verb = "migrate-store";

    /// <summary>Moves; answers the program's exit code.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken stop)
    {
        var settings = new ConfigurationBuilder().AddCommandLine(args).Build().GetSection("Anlan").Get<HostSettings>() ?? new HostSettings();
        if (settings.Database.Postgres is not { } connection)
        {
            await output.WriteLineAsync("error: name the PostgreSQL database, for example --Anlan:Postgres=\"Host=localhost;Database=anlan;Username=anlan\".");
            return 2;
        }

        try
        {
            var move = new StoreMove(new DataFolder(settings.Data), connection, HostApplication.OpenDb, output.WriteLine);
            var moved = await move.RunAsync(stop);
            await output.WriteLineAsync($"Moved: {moved.Tables.Sum(table => table.Target)} rows in {moved.Tables.Count} tables {moved.Log.TargetEntries} log entries and {moved.Telemetry} messages of measurements; counts are equal, and so is the hash over the log: {moved.Log.TargetHash}");
            return 0;
        }
        catch (StoreMoveException refused)
        {
            await output.WriteLineAsync("error: " + refused.Message);
            return 1;
        }
    }
}
