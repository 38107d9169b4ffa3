using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Contracts.Accounts;
using Anlan.Host.Privacy.Retention;
using Anlan.Tests.Enterprises;
using Anlan.Tests.Platform.Toolkit.Files;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Tests.Training.Scans;

/// <summary>Scans of certificates: sealed where they lie, shown for a reason only, gone with the person.</summary>
public sealed class AttachScanTests
{
    private static readonly byte[] Picture = SomeFiles.Jpeg(100_000);

    [Fact]
    public async Task A_scan_is_listed_and_opened_for_a_reason_that_is_on_record()
    {
        await using var host = await RegistryHost.StartAsync();
        var (person, certificate) = await ACertificateAsync(host);

        var scan = await AttachAsync(host.Bureau, certificate, Picture, "front");

        var shown = await host.Bureau.GetFromJsonAsync<JsonElement>($"certificates/{certificate}");
        var row = Assert.Single(shown.GetProperty("scans").EnumerateArray());
        Assert.Equal((scan, "front", "image/jpeg", 100_000), (row.GetProperty("id").GetGuid(), row.GetProperty("part").GetString(), row.GetProperty("mediaType").GetString(), row.GetProperty("size").GetInt32()));
        Assert.Equal("scanned", shown.GetProperty("history")[0].GetProperty("kind").GetString());
        Assert.Contains(await host.AuditAsync(), audit => audit.Action == "training.certificate.scanned" && audit.Subject == $"person/{person}");

        Assert.Equal(["reason:ReasonMissing"], await RegistryHost.RefusalsAsync(await host.Bureau.PostAsJsonAsync($"certificate-scans/{scan}/open", new { reason = " " })));
        Assert.DoesNotContain(await host.LooksAsync(), look => look.View == "training.scan.revealed");
        var opened = await host.Bureau.PostAsJsonAsync($"certificate-scans/{scan}/open", new { reason = "case 7/2026" });

        Assert.Equal(Picture, await opened.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/jpeg", opened.Content.Headers.ContentType!.MediaType);
        Assert.Equal("default-src 'none'; sandbox", opened.Headers.GetValues("Content-Security-Policy").Single());
        var look = Assert.Single(await host.LooksAsync(), look => look.View == "training.scan.revealed");
        Assert.Equal((true, "case 7/2026"), (look.IsUnmasked, look.Reason));
        Assert.Equal([person], await host.SeenAsync(look.Id));
    }

    [Fact]
    public async Task A_scan_lies_sealed_and_its_key_turns_with_the_others()
    {
        await using var host = await RegistryHost.StartAsync();
        var (_, certificate) = await ACertificateAsync(host);
        var scan = await AttachAsync(host.Bureau, certificate, Picture);
        var data = host.Get<DataFolder>();
        var path = Path.Combine(data.Files, Assert.Single(SomeFiles.Below(data.Files)));

        Assert.True((await File.ReadAllBytesAsync(path)).AsSpan().IndexOf(Picture.AsSpan(0, 16)) < 0);
        // The same picture again lies there twice: nobody can tell that they are the same.
        await AttachAsync(host.Bureau, certificate, Picture);
        Assert.Equal(2, SomeFiles.Below(data.Files).Length);

        var before = await KeyOfAsync(host, scan);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var old = host.Get<KeyRing>().Newest;
        host.Get<KeyRing>().Make();
        while (await host.ReadAsync(db => SealedRows.ResealAsync(db, host.Get<PersonalFields>(), host.Get<KeyRing>(), 100, CancellationToken.None)) > 0)
        {
            // Until nothing is left to do.
        }

        Assert.Equal(old.Id, PersonalFields.KeyOf(before));
        Assert.Equal(host.Get<KeyRing>().Newest.Id, PersonalFields.KeyOf(await KeyOfAsync(host, scan)));
        Assert.Equal(Picture, await OpenAsync(host.Bureau, scan));
    }

    [Fact]
    public async Task Scans_are_reached_through_their_certificate_only()
    {
        await using var host = await RegistryHost.StartAsync();
        var (person, certificate) = await ACertificateAsync(host);
        var (works, other) = (await host.AnEnterpriseAsync(), await host.AnEnterpriseAsync("Elsewhere"));
        await host.AnEmploymentAsync(person, works);
        var scan = await AttachAsync(host.ManagerOf(works), certificate, Picture);

        Assert.Equal(Picture, await OpenAsync(host.ManagerOf(works), scan));
        foreach (var (path, body) in ((string, object)[])[("open", new { reason = "curious" }), ("withdraw", new { reason = "curious" })])
        {
            Assert.Equal(["FileUnknown"], await RegistryHost.RefusalsAsync(await host.ManagerOf(other).PostAsJsonAsync($"certificate-scans/{scan}/{path}", body)));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(host.ManagerOf(other), certificate, Picture)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.As(RoleNames.ExamOfficer).PostAsJsonAsync($"certificate-scans/{scan}/open", new { reason = "curious" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(host.As(RoleNames.ExamOfficer), certificate, Picture)).StatusCode);
    }

    [Fact]
    public async Task What_is_no_picture_or_too_large_is_refused_and_nothing_is_kept()
    {
        await using var host = await RegistryHost.StartAsync();
        var (_, certificate) = await ACertificateAsync(host);

        Assert.Equal(["file:FileTypeRefused"], await RegistryHost.RefusalsAsync(await PostAsync(host.Bureau, certificate, "MZ no picture"u8.ToArray())));
        Assert.Equal(["file:FileTooLarge"], await RegistryHost.RefusalsAsync(await PostAsync(host.Bureau, certificate, SomeFiles.Jpeg((8 * 1024 * 1024) + 1))));
        Assert.Equal(["file:FileEmpty"], await RegistryHost.RefusalsAsync(await PostAsync(host.Bureau, certificate, [])));
        Assert.Equal(["part:FilePartInvalid"], await RegistryHost.RefusalsAsync(await PostAsync(host.Bureau, certificate, Picture, "inside")));

        Assert.Empty(SomeFiles.Below(host.Get<DataFolder>().Files));
        Assert.Equal(0, await host.ReadAsync(db => db.Set<AttachedFile>().CountAsync()));
    }

    [Fact]
    public async Task A_changed_file_is_refused_with_its_name()
    {
        await using var host = await RegistryHost.StartAsync();
        var (_, certificate) = await ACertificateAsync(host);
        var scan = await AttachAsync(host.Bureau, certificate, Picture);
        var data = host.Get<DataFolder>();
        var path = Path.Combine(data.Files, Assert.Single(SomeFiles.Below(data.Files)));
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[50_000] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);

        var answer = await host.Bureau.PostAsJsonAsync($"certificate-scans/{scan}/open", new { reason = "case 7/2026" });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(["FileChanged"], await RegistryHost.RefusalsAsync(answer));
    }

    [Fact]
    public async Task A_withdrawn_scan_stays_for_its_term_unless_a_hold_keeps_it_longer()
    {
        await using var host = await RegistryHost.StartAsync();
        const string identity = "990000198506151232";
        var person = await host.APersonAsync("Shen Anlan", identity);
        var certificate = await host.ACertificateAsync(person);
        var (wrong, right) = (await AttachAsync(host.Bureau, certificate, Picture), await AttachAsync(host.Bureau, certificate, SomeFiles.Jpeg(9_000)));

        (await host.Bureau.PostAsJsonAsync($"certificate-scans/{wrong}/withdraw", new { reason = "another person's card" })).EnsureSuccessStatusCode();
        Assert.Equal(["FileWithdrawnAlready"], await RegistryHost.RefusalsAsync(await host.Bureau.PostAsJsonAsync($"certificate-scans/{wrong}/withdraw", new { reason = "again" })));
        var hold = await RegistryHost.IdAsync(await host.As(RoleNames.SystemAdministrator).PostAsJsonAsync("holds", new { number = identity, reason = "case 12/2026" }));

        host.GoTo(host.Today.AddDays(91));
        await host.Get<DeletePastRecords>().RunAsync(host.Today, CancellationToken.None);
        Assert.Equal(new HashSet<Guid> { wrong, right }, [.. await ScansAsync(host)]);

        (await host.As(RoleNames.SystemAdministrator).PostAsJsonAsync($"holds/{hold}/lift", new { reason = "closed" })).EnsureSuccessStatusCode();
        host.GoTo(host.Today.AddDays(1));
        await host.Get<DeletePastRecords>().RunAsync(host.Today, CancellationToken.None);
        Assert.Equal([right], await ScansAsync(host));
    }

    [Fact]
    public async Task A_persons_file_holds_the_scans_and_an_erased_persons_scans_open_for_nobody()
    {
        await using var host = await RegistryHost.StartAsync();
        var (person, certificate) = await ACertificateAsync(host);
        var scan = await AttachAsync(host.Bureau, certificate, Picture);
        var chief = host.As(RoleNames.CityBureau);

        using (var archive = new ZipArchive(await (await chief.PostAsJsonAsync($"people/{person}/file", new { reason = "her own request" })).Content.ReadAsStreamAsync()))
        {
            await using var entry = archive.GetEntry($"certificateScans/{scan}.jpg")!.Open();
            using var memory = new MemoryStream();
            await entry.CopyToAsync(memory);
            Assert.Equal(Picture, memory.ToArray());
        }

        host.GoTo(host.Today.AddYears(7));
        var asked = await RegistryHost.IdAsync(await chief.PostAsJsonAsync($"people/{person}/erasure", new { reason = "term over", ground = "unlawful" }));
        var receipt = await RegistryHost.JsonAsync(await chief.PostAsJsonAsync($"people/{person}/erasure/carry-out", new { erasure = asked }));

        Assert.Contains(receipt.GetProperty("lines").EnumerateArray(), line => line.GetProperty("key").GetString() == "certificateScans" && line.GetProperty("count").GetInt32() == 1 && line.GetProperty("isErased").GetBoolean());
        // With the row goes the only key: what still lies there until the next day is noise.
        Assert.Empty(await ScansAsync(host));
        Assert.Equal(HttpStatusCode.NotFound, (await host.Bureau.PostAsJsonAsync($"certificate-scans/{scan}/open", new { reason = "case" })).StatusCode);
    }

    [Fact]
    public async Task A_record_has_so_many_files_and_no_more()
    {
        await using var host = await RegistryHost.StartAsync();
        var (_, certificate) = await ACertificateAsync(host);
        Guid first = default;
        for (var i = 0; i < Attachments.MostOfARecord; i++) first = await AttachAsync(host.Bureau, certificate, SomeFiles.Jpeg(100));

        Assert.Equal(["file:FilesTooMany"], await RegistryHost.RefusalsAsync(await PostAsync(host.Bureau, certificate, Picture)));
        (await host.Bureau.PostAsJsonAsync($"certificate-scans/{first}/withdraw", new { reason = "double" })).EnsureSuccessStatusCode();
        await AttachAsync(host.Bureau, certificate, Picture);
    }

    private static async Task<(Guid Person, Guid Certificate)> ACertificateAsync(RegistryHost host)
    {
        var person = await host.APersonAsync();
        return (person, await host.ACertificateAsync(person));
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient by, Guid certificate, byte[] content, string part = "other")
    {
        using var file = new ByteArrayContent(content) { Headers = { ContentType = new("image/jpeg") } };
        return await by.PostAsync(new Uri($"certificates/{certificate}/scans?part={part}", UriKind.Relative), file);
    }

    private static async Task<Guid> AttachAsync(HttpClient by, Guid certificate, byte[] content, string part = "other") => await RegistryHost.IdAsync(await PostAsync(by, certificate, content, part));

    private static async Task<byte[]> OpenAsync(HttpClient by, Guid scan)
    {
        var answer = await by.PostAsJsonAsync($"certificate-scans/{scan}/open", new { reason = "case 7/2026" });
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private static Task<byte[]> KeyOfAsync(RegistryHost host, Guid scan) => host.ReadAsync(async db => (await db.Set<AttachedFile>().AsNoTracking().SingleAsync(f => f.Id == scan)).Key!);

    private static Task<List<Guid>> ScansAsync(RegistryHost host) => host.ReadAsync(db => db.Set<AttachedFile>().AsNoTracking().Select(f => f.Id).ToListAsync());
}
