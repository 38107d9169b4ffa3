using Anlan.Accounts.Credentials;
using Anlan.Accounts.Organs;
using Anlan.Accounts.Registry;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.Divisions;
using Anlan.Enterprises.Registry;
using Anlan.Host;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Ids;
using Anlan.Toolkit.Data;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace Anlan.Benchmarks.Scopes;

/// <summary>Enters enterprises, organs with their assignments and officers in bulk before the server starts, through the modules' own entities.</summary>
internal static class BenchCity
{
    public const string Password = "correct horse battery";

    /// <summary>Nothing that is measured hashes; nobody is measured who asks less than they can.</summary>
    public static readonly string[] Settings = ["--Anlan:Demo=true", "--Anlan:Accounts:HashIterations=1000", "--Anlan:Doors:AddressBurst=1000000", "--Anlan:Doors:AccountBurst=1000000"];

    private static readonly string[] Trades = ["Steel", "Textile", "Bamboo", "Battery", "Furniture", "Silk", "Marine", "Elevator", "Chemical", "Food"];

    /// <summary>Fills an empty database; answers the officers, each of another organ.</summary>
    public static async Task<IReadOnlyList<BenchOfficer>> MakeAsync(string folder, string connection, int enterprises, int organs, int officers, CancellationToken stop)
    {
        await using var app = HostApplication.Build([$"--Anlan:Data={folder}", $"--Anlan:Postgres={connection}", "--Logging:LogLevel:Default=Critical", .. Settings]);
        await app.Services.GetRequiredService<DatabaseSetup>().RunAsync(stop);
        await using var scope = app.Services.CreateAsyncScope();
        var tree = scope.ServiceProvider.GetRequiredService<DivisionTree>();
        var towns = tree.All.Where(division => tree.Inside(division.Code).Count == 0).Select(division => division.Code).ToList();
        await EnterEnterprisesAsync(connection, towns, enterprises, scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow(), stop);
        return await EnterOrgansAsync(scope.ServiceProvider, towns, enterprises, organs, officers, stop);
    }

    /// <summary>The bulk way of the database: a million rows one by one would take longer than what is measured.</summary>
    private static async Task EnterEnterprisesAsync(string connection, List<DivisionCode> towns, int count, DateTimeOffset now, CancellationToken stop)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var session = await database.OpenConnectionAsync(stop);
        await using (var writer = await session.BeginBinaryImportAsync(
            """COPY enterprises_enterprises ("Id", "Name", "CreditCode", "SearchText", "Kind", "Division", "Address", "RegisteredAt", "Version") FROM STDIN (FORMAT BINARY)""", stop))
        {
            for (var number = 0; number < count; number++)
            {
                var first17 = $"91990000MA{number:D7}";
                var enterprise = new Enterprise { Id = TypedId.New<EnterpriseId>(), Name = $"{Trades[number / towns.Count % Trades.Length]} Works {number:D7}", CreditCode = first17 + CreditCode.CheckCharacter(first17), Division = towns[number % towns.Count] };
                await writer.StartRowAsync(stop);
                await writer.WriteAsync(enterprise.Id.Value, NpgsqlDbType.Uuid, stop);
                await writer.WriteAsync(enterprise.Name, NpgsqlDbType.Varchar, stop);
                await writer.WriteAsync(enterprise.CreditCode, NpgsqlDbType.Varchar, stop);
                await writer.WriteAsync(enterprise.SearchText, NpgsqlDbType.Varchar, stop);
                await writer.WriteAsync(nameof(EnterpriseKind.Company), NpgsqlDbType.Varchar, stop);
                await writer.WriteAsync(enterprise.Division.Value, NpgsqlDbType.Varchar, stop);
                await writer.WriteAsync($"Road {number % 997}", NpgsqlDbType.Varchar, stop);
                await writer.WriteAsync(now.UtcTicks, NpgsqlDbType.Bigint, stop);
                await writer.WriteAsync(1, NpgsqlDbType.Integer, stop);
            }

            await writer.CompleteAsync(stop);
        }

        // What autovacuum does by itself within a minute.
        await using var tidy = new NpgsqlCommand("VACUUM ANALYZE enterprises_enterprises", session) { CommandTimeout = 600 };
        await tidy.ExecuteNonQueryAsync(stop);
    }

    private static async Task<IReadOnlyList<BenchOfficer>> EnterOrgansAsync(IServiceProvider services, List<DivisionCode> towns, int enterprises, int organs, int officers, CancellationToken stop)
    {
        var db = services.GetRequiredService<AnlanDb>();
        var credentials = services.GetRequiredService<CredentialBox>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var found = new List<BenchOfficer>();
        for (var number = 0; number < organs; number++)
        {
            var town = towns[number % towns.Count];
            var organ = new Organ { Id = TypedId.New<OrganId>(), Kind = OrganKind.TownStation, NameZh = $"Station {number}", NameEn = $"Station {number}", Seat = town, EnteredAt = now };
            db.Add(organ);
            db.Add(new SupervisionAssignment { Id = Guid.CreateVersion7(), Organ = organ.Id, Division = town, From = DateOnly.FromDateTime(now.UtcDateTime).AddYears(-1), Basis = "Bench", EnteredAt = now });
            if (found.Count >= officers || number % (organs / officers) != 0) continue;
            var account = new Account { Id = Guid.CreateVersion7(), UserName = $"officer{number}", Role = RoleNames.TownStation, Organ = organ.Id, DisplayName = $"Officer {number}", CreatedAt = now };
            if (await credentials.AddAsync(account, Password) is { } refused) throw new InvalidOperationException(refused.Code);
            found.Add(new BenchOfficer(account.UserName, town.Value, (enterprises / towns.Count) + (number % towns.Count < enterprises % towns.Count ? 1 : 0)));
        }

        await db.SaveAsync(stop);
        return found;
    }
}

/// <summary>Somebody at a station who reads the list.</summary>
/// <param name="UserName">Signs in with this.</param>
/// <param name="Town">What the station supervises.</param>
/// <param name="Enterprises">How many enterprises lie there: what the list must say.</param>
internal sealed record BenchOfficer(string UserName, string Town, int Enterprises);
