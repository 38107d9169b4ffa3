using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Anlan.Kernel.Log;
using Anlan.Toolkit.Evidence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Platform.Toolkit.Evidence;

/// <summary>A witness over its HTTP route, and a log that tells it the truth or not.</summary>
public sealed class PeerHeadsTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _folder = Directory.CreateTempSubdirectory("anlan-peer-").FullName;
    private readonly LeafStore _log = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Heads_that_grow_out_of_each_other_are_kept_also_when_they_come_twice()
    {
        await using var witness = await StartAsync();
        _log.Grow(30);

        Assert.Equal(HttpStatusCode.NoContent, (await SubmitAsync(witness, Head(10), 0)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await SubmitAsync(witness, Head(30), 10)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await SubmitAsync(witness, Head(30), 10)).StatusCode);
        Assert.Equal([10, 30], await KeptAsync(witness, isFork: false));
        Assert.Empty(await TasksAsync(witness));
    }

    [Fact]
    public async Task A_proof_that_begins_elsewhere_is_asked_for_again_and_nothing_is_kept()
    {
        await using var witness = await StartAsync();
        _log.Grow(30);
        await SubmitAsync(witness, Head(10), 0);

        var answer = await SubmitAsync(witness, Head(30), 0);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var refusal = (await ModuleHost.JsonAsync(answer)).GetProperty("refusals")[0];
        Assert.Equal(("PeerHeadStartsElsewhere", "10"), (refusal.GetProperty("code").GetString(), refusal.GetProperty("measured").GetProperty("value").GetString()));
        // An old head on a slow way is no fork.
        Assert.Equal(["PeerHeadStartsElsewhere"], await ModuleHost.RefusalsAsync(await SubmitAsync(witness, Head(5, minutes: 5), 0)));
        Assert.Equal([10], await KeptAsync(witness, isFork: false));
        Assert.Empty(await KeptAsync(witness, isFork: true));
    }

    [Theory]
    [InlineData(10, 10, 20)] // The same size with another root.
    [InlineData(30, 10, 20)] // A larger one that does not contain the one before.
    [InlineData(8, 8, 20)] // Signed later and shorter.
    public async Task A_fork_is_noticed_kept_audited_and_put_on_the_desk_until_somebody_takes_note(int size, int from, int minutes)
    {
        await using var witness = await StartAsync();
        _log.Grow(30);
        await SubmitAsync(witness, Head(10), 0);
        _log.Forge(3);

        var answer = await SubmitAsync(witness, Head(size, minutes), from);
        await SubmitAsync(witness, Head(size, minutes), from);
        Assert.Equal(["PeerLogForked"], await ModuleHost.RefusalsAsync(await SubmitAsync(witness, Head(29, minutes + 1), 10)));

        Assert.Equal(["PeerLogForked"], await ModuleHost.RefusalsAsync(answer));
        Assert.Equal([size], await KeptAsync(witness, isFork: true));
        Assert.Equal([10], await KeptAsync(witness, isFork: false));
        Assert.Equal("evidence.fork.noticed", Assert.Single(await witness.Host.AuditAsync()).Action);
        Assert.Contains("Next county", Assert.Single(await TasksAsync(witness)), StringComparison.Ordinal);
        var admin = witness.Host.As("system-administrator");
        var fork = (await admin.GetFromJsonAsync<JsonElement>("evidence", Stop)).GetProperty("forks")[0].GetProperty("id").GetGuid();
        Assert.Equal(["reason:ForkReasonMissing"], await ModuleHost.RefusalsAsync(await admin.PostAsJsonAsync($"evidence/forks/{fork}/note", new { reason = " " }, Stop)));
        Assert.Equal(HttpStatusCode.NoContent, (await admin.PostAsJsonAsync($"evidence/forks/{fork}/note", new { reason = "An old backup." }, Stop)).StatusCode);
        Assert.Empty(await TasksAsync(witness));
        Assert.Equal("evidence.fork.noted", (await witness.Host.AuditAsync())[^1].Action);
    }

    [Fact]
    public async Task Only_the_log_itself_is_heard()
    {
        await using var witness = await StartAsync();
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _log.Grow(30);
        await SubmitAsync(witness, Head(10), 0);
        var unknown = new TreeHead(30, _log.Root(30), DateTimeOffset.UnixEpoch, EvidenceFile.KeyId(stranger.ExportSubjectPublicKeyInfo())).Sign(stranger);
        var forged = Head(30).Head.Sign(stranger);

        Assert.Equal(HttpStatusCode.NotFound, (await SubmitAsync(witness, unknown, 10, stranger)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SubmitAsync(witness, forged, 10)).StatusCode);
        // Somebody who saw a true head cannot make the log look forked with a path that fails.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SubmitAsync(witness, Head(30), 10, stranger, path: [])).StatusCode);
        Assert.Equal([10], await KeptAsync(witness, isFork: false));
        Assert.Empty(await KeptAsync(witness, isFork: true));
    }

    [Fact]
    public async Task What_is_no_head_is_refused_by_its_field()
    {
        await using var witness = await StartAsync();
        foreach (var body in (string[])["", "null", "{", "{\"head\":\"x\",\"signature\":\"AA==\",\"from\":0,\"consistency\":[]}", "{\"head\":null,\"signature\":null,\"from\":0,\"consistency\":null}", "\"" + new string('x', 70_000) + "\""])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "evidence/peer-heads") { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) };
            request.Headers.Add(HeadSubmission.SignatureHeader, "AAAA");

            Assert.Equal(["head:HeadUnreadable"], await ModuleHost.RefusalsAsync(await witness.Host.As("").SendAsync(request, Stop)));
        }
    }

    private Task<EvidenceHost> StartAsync()
    {
        var file = Path.Combine(_folder, "peer.pem");
        File.WriteAllText(file, _key.ExportSubjectPublicKeyInfoPem());
        return EvidenceHost.StartAsync(new("Anlan:Evidence:Peers:0:Name", "Next county"), new("Anlan:Evidence:Peers:0:PublicKey", file));
    }

    private SignedTreeHead Head(int size, int minutes = 10) =>
        new TreeHead(size, _log.Root(size), new DateTimeOffset(2040, 3, 5, 1, minutes, 0, TimeSpan.Zero), EvidenceFile.KeyId(_key.ExportSubjectPublicKeyInfo())).Sign(_key);

    private async Task<HttpResponseMessage> SubmitAsync(EvidenceHost witness, SignedTreeHead head, int from, ECDsa? sender = null, IReadOnlyList<byte[]>? path = null)
    {
        path ??= from > 0 && from <= head.Head.Size ? [.. MerkleTree.ConsistencyPath(from, head.Head.Size).Select(range => MerkleTree.Root(_log.ReadLeaves(range.From, (int)range.Count).ToArray()))] : [];
        var body = JsonSerializer.SerializeToUtf8Bytes(new HeadSubmission(head.Head.Text, head.Signature, from, path), JsonSerializerOptions.Web);
        using var request = new HttpRequestMessage(HttpMethod.Post, "evidence/peer-heads") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(HeadSubmission.SignatureHeader, Convert.ToBase64String((sender ?? _key).SignData(body, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
        return await witness.Host.As("").SendAsync(request, Stop);
    }

    private static Task<List<long>> KeptAsync(EvidenceHost witness, bool isFork) => witness.Host.ReadAsync(db => db.Set<PeerHead>().Where(h => h.IsFork == isFork).OrderBy(h => h.Size).Select(h => h.Size).ToListAsync(Stop));

    private static Task<List<string>> TasksAsync(EvidenceHost witness) => witness.WithAsync(async (Anlan.Host.Operations.Evidence.EvidenceTasks tasks) => (await tasks.OfReaderAsync(Stop)).Select(task => task.What).ToList());
}
