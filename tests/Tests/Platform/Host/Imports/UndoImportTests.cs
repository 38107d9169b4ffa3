using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Tests.Platform.Toolkit.Files;
using static Anlan.Tests.Platform.Host.Imports.ImportServer;

namespace Anlan.Tests.Platform.Host.Imports;

public sealed class UndoImportTests
{
    private const string Header = "name,creditCode,kind,division\n";

    [Fact]
    public async Task Undoing_removes_what_is_new_and_restores_what_was_changed()
    {
        await using var server = await ImportServer.StartAsync();
        var (one, two) = (server.NewCode(), server.NewCode());
        await server.ImportAsync("enterprises", $"{Header}Before,{one},company,330521001\n");
        var done = await server.ImportAsync("enterprises", $"{Header}After,{one},company,330521001\nNew,{two},company,330521001\n");

        var undone = await server.UndoAsync(IdOf(done));

        Assert.Equal("undone", StateOf(undone));
        Assert.Equal("Before", server.Get<IEnterprises>().FindByCreditCode(one)!.Name);
        Assert.Null(server.Get<IEnterprises>().FindByCreditCode(two));
    }

    [Fact]
    public async Task What_was_changed_or_used_since_stands_in_the_way_and_nothing_is_touched()
    {
        await using var server = await ImportServer.StartAsync();
        var (changed, used, free, identity) = (server.NewCode(), server.NewCode(), server.NewCode(), server.NewIdentity());
        var done = await server.ImportAsync("enterprises", $"{Header}One,{changed},company,330521001\nTwo,{used},company,330521001\nThree,{free},company,330521001\n");
        var id = server.Get<IEnterprises>().FindByCreditCode(changed)!.Id.Value;
        (await server.Officer.PutAsJsonAsync($"/api/v1/enterprises/{id}", new { name = "One more", creditCode = changed, division = "330521001", kind = "company" })).EnsureSuccessStatusCode();
        await server.ImportAsync("people", $"name,identityNumber\n沈甲,{identity}\n");
        var bound = await server.ImportAsync("employments", $"name,identityNumber,enterprise,kind,from\n沈甲,{identity},{used},permanent,2024-01-01\n");

        var refused = await server.UndoAsync(IdOf(done));

        Assert.Equal("applied", StateOf(refused));
        Assert.Equal([(2, "ImportRecordChanged"), (3, "EnterpriseInUse")], (await server.FaultsAsync(IdOf(done))).Select(fault => (fault.Row, fault.Code)));
        Assert.NotNull(server.Get<IEnterprises>().FindByCreditCode(free));

        Assert.Equal("undone", StateOf(await server.UndoAsync(IdOf(bound))));
        Assert.Equal([(2, "ImportRecordChanged")], (await server.FaultsAsync(IdOf(await server.UndoAsync(IdOf(done))))).Select(fault => (fault.Row, fault.Code)));
    }

    [Fact]
    public async Task A_certificate_that_goes_and_a_machine_that_goes_are_known_to_be_gone()
    {
        await using var server = await ImportServer.StartAsync();
        var (code, identity) = (server.NewCode(), server.NewIdentity());
        var today = server.Get<Anlan.Kernel.Time.CityCalendar>().Today;
        await server.ImportAsync("enterprises", $"{Header}Works,{code},company,330521001\n");
        await server.ImportAsync("people", $"name,identityNumber\n沈甲,{identity}\n");
        var certificates = await server.ImportAsync("certificates", $"identityNumber,number,category,subItem,issuedOn,expiresOn\n{identity},T{identity},welding,fusion,{today.AddYears(-1):yyyy-MM-dd},{today.AddYears(5):yyyy-MM-dd}\n");
        var machines = await server.ImportAsync("machines", $"code,kind,model,ratedCurrent,userEnterprise,division,site,latitude,longitude,datum\nAB-0001,electric,ZX7,400,{code},330521001,hall,30.5,120,wgs84\n");
        var person = (await server.Get<IPeople>().FindByIdentityNumberAsync(identity, CancellationToken.None))!.Value;

        Assert.Equal("undone", StateOf(await server.UndoAsync(IdOf(certificates))));
        Assert.Equal("undone", StateOf(await server.UndoAsync(IdOf(machines))));

        Assert.Empty(server.Get<IQualifications>().CertificatesOf(person));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await server.Officer.GetAsync("/api/v1/machines/AB-0001")).StatusCode);
    }

    [Fact]
    public async Task A_certificate_with_a_scan_and_a_machine_with_a_picture_stay()
    {
        await using var server = await ImportServer.StartAsync();
        var (code, identity, today) = (server.NewCode(), server.NewIdentity(), server.Get<Anlan.Kernel.Time.CityCalendar>().Today);
        await server.ImportAsync("enterprises", $"{Header}Works,{code},company,330521001\n");
        await server.ImportAsync("people", $"name,identityNumber\n沈甲,{identity}\n");
        var certificates = await server.ImportAsync("certificates", $"identityNumber,number,category,subItem,issuedOn,expiresOn\n{identity},T{identity},welding,fusion,{today.AddYears(-1):yyyy-MM-dd},{today.AddYears(5):yyyy-MM-dd}\n");
        var machines = await server.ImportAsync("machines", $"code,kind,model,ratedCurrent,userEnterprise,division,site,latitude,longitude,datum\nAB-0001,electric,ZX7,400,{code},330521001,hall,30.5,120,wgs84\n");
        var person = (await server.Get<IPeople>().FindByIdentityNumberAsync(identity, CancellationToken.None))!.Value;
        var certificate = Assert.Single(server.Get<IQualifications>().CertificatesOf(person)).Id;
        await AttachAsync(server, $"certificates/{certificate}/scans");
        await AttachAsync(server, "machines/AB-0001/files");

        foreach (var done in (JsonElement[])[certificates, machines])
        {
            Assert.Equal("applied", StateOf(await server.UndoAsync(IdOf(done))));
            Assert.Equal([(2, "RecordHasFiles")], (await server.FaultsAsync(IdOf(done))).Select(fault => (fault.Row, fault.Code)));
        }

        Assert.Single(server.Get<IQualifications>().CertificatesOf(person));
        (await server.Officer.GetAsync("/api/v1/machines/AB-0001")).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Supervision_is_imported_updated_and_undone_by_the_system_administrator()
    {
        await using var server = await ImportServer.StartAsync();
        using var system = await server.Server.SignInAsync("system");
        var header = "organ,division,from,to,basis\n";

        var done = await server.ImportAsync("assignments", $"{header}City,330521,2025-01-01,,Decree 2\n", by: system);
        var longer = await server.ImportAsync("assignments", $"{header}City,330521,2025-01-01,2030-12-31,Decree 2\n", by: system);

        Assert.Equal((1, 0, 0, 0), CountsOf(done));
        Assert.Equal((0, 1, 0, 0), CountsOf(longer));
        Assert.Equal("undone", StateOf(await server.UndoAsync(IdOf(longer), system)));
        Assert.Equal("undone", StateOf(await server.UndoAsync(IdOf(done), system)));
    }

    private static async Task AttachAsync(ImportServer server, string place)
    {
        using var picture = new ByteArrayContent(SomeFiles.Png()) { Headers = { ContentType = new("image/png") } };
        (await server.Officer.PostAsync($"/api/v1/{place}", picture)).EnsureSuccessStatusCode();
    }
}
