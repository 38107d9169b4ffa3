using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Import;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Anlan.Tests.Platform.Host.Imports.ImportServer;

namespace Anlan.Tests.Platform.Host.Imports;

public sealed class ApplyImportTests
{
    private const string People = "name,identityNumber,phone\n";
    private const string Employments = "name,identityNumber,enterprise,kind,from,to\n";
    private const string Certificates = "identityNumber,number,category,subItem,issuedOn,expiresOn\n";
    private const string Machines = "code,kind,model,ratedCurrent,userEnterprise,division,site,latitude,longitude,datum,chipSerial\n";

    [Fact]
    public async Task Enterprises_people_employments_certificates_and_machines_count_from_the_commit_on()
    {
        await using var server = await ImportServer.StartAsync();
        var (code, identity) = (server.NewCode(), server.NewIdentity());
        var today = server.Get<Anlan.Kernel.Time.CityCalendar>().Today;
        await server.ImportAsync("enterprises", $"name,creditCode,kind,division\nWorks,{code},company,330521001\n");
        await server.ImportAsync("people", $"{People}沈甲,{identity},\n");
        await server.ImportAsync("employments", $"{Employments}沈甲,{identity},{code},permanent,2024-01-01,\n");
        await server.ImportAsync("certificates", $"{Certificates}{identity},T{identity},welding,fusion,{today.AddYears(-1):yyyy-MM-dd},{today.AddYears(5):yyyy-MM-dd}\n");
        (await server.Officer.PostAsJsonAsync("/api/v1/chips", new { serial = "CHIP-1" })).EnsureSuccessStatusCode();
        var machines = await server.ImportAsync("machines", $"{Machines}AB-0001,电焊,ZX7,400,{code},330521001,hall,30.5,120,WGS-84,CHIP-1\n");

        var person = (await server.Get<IPeople>().FindByIdentityNumberAsync(identity, CancellationToken.None))!.Value;
        var enterprise = server.Get<IEnterprises>().FindByCreditCode(code)!.Id;
        Assert.NotNull(server.Get<IEmployment>().FindBinding(person, enterprise, today));
        Assert.Single(server.Get<IQualifications>().CertificatesOf(person));
        Assert.Equal("CHIP-1", (await server.Officer.GetFromJsonAsync<JsonElement>("/api/v1/machines/AB-0001")).GetProperty("machine").GetProperty("chip").GetString());
        Assert.Equal((1, 0, 0, 0), CountsOf(machines));

        var ended = await server.ImportAsync("employments", $"{Employments}沈甲,{identity},{code},permanent,2024-01-01,2024-12-31\n");

        Assert.Equal((0, 1, 0, 0), CountsOf(ended));
        Assert.Null(server.Get<IEmployment>().FindBinding(person, enterprise, today));
    }

    [Fact]
    public async Task All_or_nothing_writes_nothing_when_a_row_became_wrong_since_the_check()
    {
        await using var server = await ImportServer.StartAsync();
        var (one, two, first, second) = (server.NewCode(), server.NewCode(), server.NewIdentity(), server.NewIdentity());
        await server.ImportAsync("enterprises", $"name,creditCode,kind,division\nWorks,{one},company,330521001\nOther,{two},company,330521001\n");
        await server.ImportAsync("people", $"{People}沈甲,{first},\n沈乙,{second},\n");
        var shown = await server.CheckAsync("employments", $"{Employments}沈甲,{first},{one},permanent,2024-01-01,\n沈乙,{second},{two},permanent,2024-01-01,\n");
        (await server.Officer.PostAsJsonAsync($"/api/v1/enterprises/{server.Get<IEnterprises>().FindByCreditCode(two)!.Id.Value}/close", new { reason = "gone" })).EnsureSuccessStatusCode();

        var done = await server.ApplyAsync(IdOf(shown));

        Assert.Equal("checked", StateOf(done));
        Assert.Equal("ImportNoLongerClean", done.GetProperty("import").GetProperty("code").GetString());
        Assert.Equal([(3, "EnterpriseClosed")], (await server.FaultsAsync(IdOf(done))).Select(fault => (fault.Row, fault.Code)));
        var person = (await server.Get<IPeople>().FindByIdentityNumberAsync(first, CancellationToken.None))!.Value;
        Assert.Empty(server.Get<IEmployment>().BindingsOf(person, server.Get<Anlan.Kernel.Time.CityCalendar>().Today));
    }

    [Fact]
    public async Task A_row_refused_while_writing_takes_back_what_the_parts_before_it_wrote()
    {
        await using var server = await ImportServer.StartAsync();
        var codes = Enumerable.Range(0, ImportPart.Size + 1).Select(_ => server.NewCode()).Distinct().ToList();
        var shown = await server.ImportAsync("enterprises", "name,creditCode,kind,division\n" + string.Concat(codes.Select((code, at) => $"Works {at},{code},company,330521001\n")));

        await AsAfterTheFirstPartAsync(server, IdOf(shown), (_, second) => second.Seal(server.Get<Anlan.Toolkit.Security.PersonalFields>(), "content", [new FileRow(9, ["no code", "", "company", "330521001"])]));

        var done = await server.UntilRestAsync(IdOf(shown));
        Assert.Equal(("failed", 0), (StateOf(done), done.GetProperty("standing").GetInt32()));
        Assert.All(codes.Take(ImportPart.Size), code => Assert.Null(server.Get<IEnterprises>().FindByCreditCode(code)));
    }

    [Fact]
    public async Task What_a_restart_interrupted_is_gone_on_with_and_nothing_comes_twice()
    {
        await using var server = await ImportServer.StartAsync();
        var codes = Enumerable.Range(0, ImportPart.Size + 5).Select(_ => server.NewCode()).Distinct().ToList();
        var csv = "name,creditCode,kind,division\n" + string.Concat(codes.Select((code, at) => $"Works {at},{code},company,330521001\n"));
        var shown = await server.ImportAsync("enterprises", csv);

        await AsAfterTheFirstPartAsync(server, IdOf(shown), (_, _) => { });

        var done = await server.UntilRestAsync(IdOf(shown));
        Assert.Equal("applied", StateOf(done));
        Assert.All(codes, code => Assert.NotNull(server.Get<IEnterprises>().FindByCreditCode(code)));
        Assert.Equal((0, 0, codes.Count, 0), CountsOf(await server.CheckAsync("enterprises", csv)));
    }

    // What a server that died after the first part left behind: that part written, the next one not marked, the import being written.
    private static async Task AsAfterTheFirstPartAsync(ImportServer server, Guid id, Action<ImportRun, ImportPart> change)
    {
        await using var scope = server.Server.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        var (run, second) = (await db.Set<ImportRun>().SingleAsync(r => r.Id == id), await db.Set<ImportPart>().SingleAsync(p => p.Run == id && p.Number == 2));
        (second.IsApplied, second.Changes) = (false, null);
        run.Enter(ImportState.Applying, TimeProvider.System.GetUtcNow());
        change(run, second);
        await db.SaveAsync();
        server.Get<ImportBell>().Ring();
    }
}
