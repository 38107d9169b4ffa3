using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Import;
using static Anlan.Tests.Platform.Host.Imports.ImportServer;

namespace Anlan.Tests.Platform.Host.Imports;

public sealed class UploadImportTests
{
    private const string Header = "企业名称,统一社会信用代码,类型,所在地,地址\n";

    [Fact]
    public async Task A_file_is_checked_first_and_only_its_good_rows_are_written_when_told()
    {
        await using var server = await ImportServer.StartAsync();
        var (one, two) = (server.NewCode(), server.NewCode());
        var csv = $"{Header}一厂,{one},企业,330521001,东路 1 号\n二厂,{two},company,330521001,\n三厂,{one[..17]}?,企业,330521001,\n四厂,,企业,999999,\n一厂又,{one},企业,330521001,\n";

        var shown = await server.CheckAsync("enterprises", csv);

        Assert.Equal((2, 0, 0, 3), CountsOf(shown));
        Assert.Null(server.Get<IEnterprises>().FindByCreditCode(one));
        Assert.Equal([(4, "CreditCodeFormat"), (5, "CreditCodeMissing"), (5, "DivisionNotInCity"), (6, "RowRepeated")], (await server.FaultsAsync(IdOf(shown))).Select(fault => (fault.Row, fault.Code)));
        using var all = await server.Officer.PostAsJsonAsync($"/api/v1/imports/{IdOf(shown)}/apply", new { goodRowsOnly = false });
        Assert.Equal(HttpStatusCode.Conflict, all.StatusCode);

        var done = await server.ApplyAsync(IdOf(shown), goodRowsOnly: true);

        Assert.Equal(("applied", (2, 0, 0, 3)), (StateOf(done), CountsOf(done)));
        Assert.Equal("一厂", server.Get<IEnterprises>().FindByCreditCode(one)!.Name);
        Assert.NotNull(server.Get<IEnterprises>().FindByCreditCode(two));
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_a_corrected_one_updates()
    {
        await using var server = await ImportServer.StartAsync();
        var (one, two) = (server.NewCode(), server.NewCode());
        var csv = $"{Header}一厂,{one},企业,330521001,东路 1 号\n小店甲,,个体经营者,330521001,西路\n";
        await server.ImportAsync("enterprises", csv);

        Assert.Equal((0, 0, 2, 0), CountsOf(await server.CheckAsync("enterprises", csv)));

        var done = await server.ImportAsync("enterprises", $"{Header}一厂新,{one},企业,330521001,\n二厂,{two},企业,330521001,\n小店甲,,个体经营者,330521001,北路\n");

        Assert.Equal((1, 2, 0, 0), CountsOf(done));
        Assert.Equal("一厂新", server.Get<IEnterprises>().FindByCreditCode(one)!.Name);
        var kept = (await server.Officer.GetFromJsonAsync<JsonElement>($"/api/v1/enterprises/{server.Get<IEnterprises>().FindByCreditCode(one)!.Id.Value}")).GetProperty("address").GetString();
        Assert.Equal("东路 1 号", kept);
    }

    [Fact]
    public async Task A_file_whose_header_does_not_fit_is_refused_at_once_with_every_reason()
    {
        await using var server = await ImportServer.StartAsync();

        using var answer = await server.UploadAsync("enterprises", "企业名称,企业名称,地址\na,b,c\n");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(["file:FileColumnTwice", "file:FileColumnMissing", "file:FileColumnMissing"], await ModuleHost.RefusalsAsync(answer));
        using var unknown = await server.UploadAsync("nothing", "a\n1\n");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var forbidden = await server.UploadAsync("assignments", "a\n1\n");
        Assert.Equal(HttpStatusCode.NotFound, forbidden.StatusCode);
    }

    [Fact]
    public async Task A_template_filled_in_is_read_back_and_personal_values_show_masked_but_not_in_the_file()
    {
        await using var server = await ImportServer.StartAsync();
        var form = server.Get<SheetForms>().Find("people")!;
        var good = server.NewIdentity();
        var bad = good[..17] + (good[17] == '1' ? '2' : '1');
        var file = SheetWriter.Workbook(("x", [.. form.Columns.Select(column => server.Get<SheetForms>().Header(form, column))], [["沈甲", good, "13900000001"], ["沈乙", bad, null]]));

        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new(SheetWriter.XlsxType);
        using var answer = await server.Officer.PostAsync("/api/v1/imports/forms/people?name=p.xlsx", content);
        var shown = await server.UntilRestAsync((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid());

        Assert.Equal((1, 0, 0, 1), CountsOf(shown));
        var fault = Assert.Single(await server.FaultsAsync(IdOf(shown)));
        Assert.Equal((3, "IdentityNumberCheckDigit"), (fault.Row, fault.Code));
        Assert.DoesNotContain(bad[..12], fault.Value, StringComparison.Ordinal);
        var mendable = SheetFile.Read(await server.Officer.GetByteArrayAsync($"/api/v1/imports/{IdOf(shown)}/faults/file")).Value;
        Assert.Equal(bad, Assert.Single(mendable.Rows).C[1]);
    }

    [Fact]
    public async Task A_file_is_its_owners_alone_and_an_enterprise_imports_only_its_own()
    {
        await using var server = await ImportServer.StartAsync();
        var world = await PlantedWorldFor(server);
        var shown = await server.CheckAsync("enterprises", $"{Header}一厂,{server.NewCode()},企业,330521001,\n");
        using var safety = await server.Server.SignInAsync(world.UserName("safety"));

        Assert.Equal(HttpStatusCode.NotFound, (await safety.GetAsync($"/api/v1/imports/{IdOf(shown)}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await safety.GetAsync($"/api/v1/imports/{IdOf(shown)}/faults/file")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.UploadAsync("enterprises", $"{Header}x,,企业,330521001,\n", safety)).StatusCode);
        var other = server.NewCode();
        await server.ImportAsync("enterprises", $"{Header}别家,{other},企业,330521001,\n");
        var header = "code,kind,model,ratedCurrent,userEnterprise,division,site,latitude,longitude,datum\n";
        var machines = await server.CheckAsync("machines", $"{header}AB-0001,electric,ZX7,400,{world.CreditCode},330521001,hall,30.5,120,wgs84\nAB-0002,electric,ZX7,400,{other},330521001,hall,30.5,120,wgs84\n", safety);
        Assert.Equal((1, 0, 0, 1), CountsOf(machines));
    }

    private static Task<Anlan.Tests.Platform.Toolkit.Access.PlantedWorld> PlantedWorldFor(ImportServer server) =>
        Anlan.Tests.Platform.Toolkit.Access.PlantedWorld.PlantAsync(server.Server, server.Chief, "ownside", "330521001", hasOrgans: true);
}
