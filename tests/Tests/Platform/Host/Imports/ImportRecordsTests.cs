using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Import;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Anlan.Tests.Platform.Host.Imports.ImportServer;

namespace Anlan.Tests.Platform.Host.Imports;

public sealed class ImportRecordsTests
{
    [Fact]
    public async Task Kept_rows_of_a_person_are_told_and_emptied_and_those_of_others_stay()
    {
        await using var server = await ImportServer.StartAsync();
        var (one, other) = (server.NewIdentity(), server.NewIdentity());
        var done = await server.ImportAsync("people", $"name,identityNumber\n沈甲,{one}\n沈乙,{other}\n");
        var person = (await server.Get<IPeople>().FindByIdentityNumberAsync(one, CancellationToken.None))!.Value;
        await using var scope = server.Server.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        var records = scope.ServiceProvider.GetServices<IPersonRecords>().Single(found => found.GetType().Name == "ImportRecords");

        Assert.Equal(("imports", 1, true), Assert.Single((await records.PlanAsync(person, CancellationToken.None)).Select(line => (line.Key, line.Count, line.IsErased))));
        Assert.Contains(one, Assert.Single(Assert.Single(await records.CollectAsync(person, CancellationToken.None)).Rows)[2], StringComparison.Ordinal);
        await records.EraseAsync(person, CancellationToken.None);
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        await db.SaveAsync();

        var part = await db.Set<ImportPart>().AsNoTracking().SingleAsync(p => p.Run == IdOf(done));
        var rows = part.Open<FileRow>(server.Get<PersonalFields>(), "content");
        Assert.All(rows[0].C, Assert.Null);
        Assert.Equal(other, rows[1].C[1]);
        Assert.DoesNotContain(part.Open<KeptChange>(server.Get<PersonalFields>(), "changes"), change => change.Subject == person.Value);
    }

    [Fact]
    public async Task A_database_without_its_keys_names_nobody_of_an_imported_file()
    {
        await using var server = await ImportServer.StartAsync();
        var identity = server.NewIdentity();
        var shown = await server.CheckAsync("people", $"name,identityNumber\n沈甲,{identity}\n");
        await using var scope = server.Server.Services.CreateAsyncScope();

        var part = await scope.ServiceProvider.GetRequiredService<AnlanDb>().Set<ImportPart>().AsNoTracking().SingleAsync(p => p.Run == IdOf(shown));

        Assert.NotNull(PersonalFields.KeyOf(part.Content));
        Assert.DoesNotContain(identity, System.Text.Encoding.UTF8.GetString(part.Content), StringComparison.Ordinal);
    }
}
