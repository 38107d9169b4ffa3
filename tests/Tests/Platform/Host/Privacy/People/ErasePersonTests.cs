using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Tests.Enterprises;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Tests.Platform.Host.Privacy.People;

public sealed class ErasePersonTests
{
    private const string Identity = "990000198506151232";

    [Fact]
    public async Task A_persons_file_holds_everything_in_full_and_taking_it_is_on_record()
    {
        await using var host = await RegistryHost.StartAsync();
        var person = await APersonWithEverythingAsync(host);
        var chief = host.As(RoleNames.CityBureau);

        Assert.Equal(HttpStatusCode.Forbidden, (await host.As(RoleNames.CountyBureau).PostAsJsonAsync($"people/{person}/file", new { reason = "asked" })).StatusCode);
        Assert.Equal(["reason:ReasonMissing"], await RegistryHost.RefusalsAsync(await chief.PostAsJsonAsync($"people/{person}/file", new { reason = "" })));
        using var archive = new ZipArchive(await (await chief.PostAsJsonAsync($"people/{person}/file", new { reason = "her own request" })).Content.ReadAsStreamAsync());

        var (json, page, csv) = (Read(archive, "person.json"), Read(archive, "index.html"), Read(archive, "certificates.csv"));
        string[] kept = ["Shen Newname", "Shen Anlan", Identity, "13812345678", "Northport Steel"];
        Assert.All(kept.Append("ZS00012345"), word => Assert.Contains(word, json, StringComparison.Ordinal));
        Assert.All(kept, word => Assert.Contains(word, page, StringComparison.Ordinal));
        Assert.Contains("ZS00012345", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(await host.AuditAsync(), audit => audit.Action == "privacy.person.exported" && audit.Subject == $"person/{person}");
        var look = Assert.Single(await host.LooksAsync(), look => look.View == "privacy.person.file");
        Assert.Equal((true, "her own request"), (look.IsUnmasked, look.Reason));
    }

    [Fact]
    public async Task Erasure_is_refused_with_its_rule_while_anything_forbids_it()
    {
        await using var host = await RegistryHost.StartAsync();
        var person = await APersonWithEverythingAsync(host);
        var chief = host.As(RoleNames.CityBureau);
        (await host.As(RoleNames.SystemAdministrator).PostAsJsonAsync("holds", new { number = Identity, reason = "case 12/2026" })).EnsureSuccessStatusCode();

        var answer = await chief.PostAsJsonAsync($"people/{person}/erasure", new { reason = "asked", ground = "consentWithdrawn" });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var refusals = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("refusals").EnumerateArray().ToDictionary(r => r.GetProperty("code").GetString()!, r => r.TryGetProperty("rule", out var rule) ? rule.GetString() : null);
        Assert.Equal(["ErasureCertified", "ErasureEmployed", "ErasureHeld"], refusals.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("ERASE-EMPLOYED", "ERASE-CERTIFIED"), (refusals["ErasureEmployed"], refusals["ErasureCertified"]));

        await LeaveAsync(host, person);
        Assert.Equal(["ErasureTooEarly", "ErasureCertified", "ErasureHeld"], await RegistryHost.RefusalsAsync(await chief.PostAsJsonAsync($"people/{person}/erasure", new { reason = "asked", ground = "termOver" })));
        Assert.Equal(["ground:ErasureGroundMissing"], await RegistryHost.RefusalsAsync(await chief.PostAsJsonAsync($"people/{person}/erasure", new { reason = "asked" })));
    }

    [Fact]
    public async Task An_erased_person_is_gone_from_every_sealed_table_in_two_steps_and_the_receipt_says_what_stayed()
    {
        await using var host = await RegistryHost.StartAsync();
        var person = await APersonWithEverythingAsync(host);
        await LeaveAsync(host, person);
        host.GoTo(host.Today.AddYears(7));
        var chief = host.As(RoleNames.CityBureau);

        Assert.Equal(["ErasureUnknown"], await RegistryHost.RefusalsAsync(await chief.PostAsJsonAsync($"people/{person}/erasure/carry-out", new { erasure = Guid.CreateVersion7() })));
        var asked = await RegistryHost.IdAsync(await chief.PostAsJsonAsync($"people/{person}/erasure", new { reason = "term over", ground = "termOver" }));
        Assert.NotNull(host.Get<IPeople>().Find(new PersonId(person)));
        var receipt = await RegistryHost.JsonAsync(await chief.PostAsJsonAsync($"people/{person}/erasure/carry-out", new { erasure = asked }));

        Assert.Null(host.Get<IPeople>().Find(new PersonId(person)));
        Assert.Empty(await SealedRowsOfAsync(host, person));
        Assert.Equal(HttpStatusCode.NotFound, (await host.Bureau.GetAsync($"people/{person}")).StatusCode);
        Assert.Equal(0, (await host.Bureau.GetFromJsonAsync<JsonElement>($"people?search={Identity}")).GetProperty("total").GetInt32());
        var lines = receipt.GetProperty("lines").EnumerateArray().ToDictionary(line => line.GetProperty("key").GetString()!, line => (line.GetProperty("count").GetInt32(), line.GetProperty("isErased").GetBoolean()));
        Assert.Equal((1, true), lines["person"]);
        Assert.Equal((1, true), lines["formerNames"]);
        Assert.Equal((1, true), lines["certificates"]);
        Assert.Equal((1, false), lines["employments"]);
        var shown = await chief.GetFromJsonAsync<JsonElement>($"people/{person}/erasure");
        Assert.Equal(asked, shown.GetProperty("erasure").GetProperty("id").GetGuid());
        Assert.Equal(JsonValueKind.Null, shown.GetProperty("name").ValueKind);
        Assert.Contains(await host.AuditAsync(), audit => audit.Action == "privacy.erasure.done");

        // The same person may come back, as somebody new.
        Assert.NotEqual(person, await host.APersonAsync("Shen Newname", Identity));
    }

    [Fact]
    public async Task What_was_asked_for_is_judged_anew_when_it_is_carried_out_and_can_be_withdrawn()
    {
        await using var host = await RegistryHost.StartAsync();
        var (person, works) = (await host.APersonAsync(), await host.AnEnterpriseAsync());
        var chief = host.As(RoleNames.CityBureau);
        var asked = await RegistryHost.IdAsync(await chief.PostAsJsonAsync($"people/{person}/erasure", new { reason = "entered by mistake", ground = "unlawful" }));
        await host.AnEmploymentAsync(person, works);

        Assert.Equal(["ErasureEmployed"], await RegistryHost.RefusalsAsync(await chief.PostAsJsonAsync($"people/{person}/erasure/carry-out", new { erasure = asked })));
        Assert.Equal(["ErasureEmployed"], await RegistryHost.RefusalsAsync(await chief.PostAsJsonAsync($"people/{person}/erasure", new { reason = "again", ground = "unlawful" })));
        (await chief.DeleteAsync($"people/{person}/erasure")).EnsureSuccessStatusCode();
        Assert.NotNull(host.Get<IPeople>().Find(new PersonId(person)));
    }

    [Fact]
    public async Task An_erasure_that_dies_on_its_way_has_erased_nothing()
    {
        await using var host = await RegistryHost.StartAsync();
        var person = await host.APersonAsync("Shen Anlan", Identity);
        var chief = host.As(RoleNames.CityBureau);
        var asked = await RegistryHost.IdAsync(await chief.PostAsJsonAsync($"people/{person}/erasure", new { reason = "entered by mistake", ground = "unlawful" }));
        // The receipt cannot be written any more, after everything else was.
        await host.ReadAsync(async db => await db.Database.ExecuteSqlRawAsync(TestStore.IsPostgres
            ? "create function refuse() returns trigger as $$ begin raise exception 'disk full'; end $$ language plpgsql; create trigger die before update on platform_erasures for each row execute function refuse()"
            : "create trigger die before update on platform_erasures begin select raise(abort, 'disk full'); end"));

        var died = await Record.ExceptionAsync(async () => (await chief.PostAsJsonAsync($"people/{person}/erasure/carry-out", new { erasure = asked })).EnsureSuccessStatusCode());

        Assert.NotNull(died);
        var found = await host.Bureau.GetFromJsonAsync<JsonElement>($"people?search={Identity}");
        Assert.Equal(1, found.GetProperty("total").GetInt32());
        Assert.NotEmpty(await SealedRowsOfAsync(host, person));
    }

    // Shen, renamed once, with telephone, employment and certificate.
    private static async Task<Guid> APersonWithEverythingAsync(RegistryHost host)
    {
        var (person, works) = (await host.APersonAsync("Shen Anlan", Identity), await host.AnEnterpriseAsync());
        (await host.Bureau.PutAsJsonAsync($"people/{person}", new { name = "Shen Newname", phone = "13812345678" })).EnsureSuccessStatusCode();
        await host.AnEmploymentAsync(person, works);
        await host.ACertificateAsync(person, "ZS00012345");
        return person;
    }

    private static async Task LeaveAsync(RegistryHost host, Guid person)
    {
        var bound = (await host.Bureau.GetFromJsonAsync<JsonElement>($"employments?person={person}")).GetProperty("items").EnumerateArray().Single().GetProperty("id").GetGuid();
        (await host.Bureau.PostAsJsonAsync($"employments/{bound}/end", new { reason = "left" })).EnsureSuccessStatusCode();
    }

    // Whatever is sealed and belongs to the person, in any table: found by looking, so that a later module cannot forget.
    private static async Task<List<string>> SealedRowsOfAsync(RegistryHost host, Guid person) => await host.ReadAsync(async db =>
    {
        List<string> found = [];
        foreach (var (type, _) in SealedRows.Of(db.Model))
        {
            var rows = await (Task<List<object>>)typeof(ErasePersonTests).GetMethod(nameof(RowsAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.MakeGenericMethod(type.ClrType).Invoke(null, [db])!;
            found.AddRange(rows.Where(row => type.GetProperties().Any(property => property.PropertyInfo?.GetValue(row)?.ToString()?.Contains(person.ToString(), StringComparison.Ordinal) == true)).Select(_ => type.ClrType.Name));
        }

        return found;
    });

    private static async Task<List<object>> RowsAsync<TRow>(AnlanDb db) where TRow : class => [.. await db.Set<TRow>().AsNoTracking().ToListAsync()];

    private static string Read(ZipArchive archive, string name)
    {
        using var reader = new StreamReader(archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
