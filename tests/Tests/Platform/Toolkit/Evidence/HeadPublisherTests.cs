using System.Text.Json;
using Anlan.Toolkit.Evidence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Anlan.Tests.Platform.Toolkit.Evidence;

/// <summary>Heads on their way out: to a file, a webhook and a witness over real HTTP.</summary>
public sealed class HeadPublisherTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("anlan-heads-").FullName;
    private readonly List<string> _hooked = [];
    private WebApplication _door = null!;
    private EvidenceHost _log = null!;
    private EvidenceHost? _witness;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string HeadFile => Path.Combine(_folder, "heads.txt");

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _door = builder.Build();
        _door.MapPost("/hook", async (HttpRequest request) => _hooked.Add((await JsonDocument.ParseAsync(request.Body)).RootElement.GetProperty("head").GetString()!));
        _door.MapPost("/api/v1/evidence/peer-heads", HandOnAsync);
        await _door.StartAsync(Stop);
        _log = await EvidenceHost.StartAsync(
            new("Anlan:Evidence:HeadFile", HeadFile), new("Anlan:Evidence:Webhook", _door.Urls.First() + "/hook"), new("Anlan:Evidence:Witnesses:0", _door.Urls.First()), new("Anlan:Evidence:Witnesses:1", "http://127.0.0.1:1"));
        var key = Path.Combine(_folder, "key.pem");
        await File.WriteAllTextAsync(key, Keys.Current.Pair.ExportSubjectPublicKeyInfoPem(), Stop);
        _witness = await EvidenceHost.StartAsync(new("Anlan:Evidence:Peers:0:Name", "Next county"), new("Anlan:Evidence:Peers:0:PublicKey", key));
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _witness!.DisposeAsync();
        await _door.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private TreeKeys Keys => _log.Host.Services.GetRequiredService<TreeKeys>();

    private HeadClockwork Clockwork => _log.Host.Services.GetRequiredService<HeadClockwork>();

    [Fact]
    public async Task Every_head_reaches_every_place_that_can_be_reached_and_the_others_say_why_not()
    {
        await GrowAndLookAsync(5);
        await Clockwork.RunOnceAsync(Stop);
        await GrowAndLookAsync(300);

        var heads = HeadLines.Read(await File.ReadAllTextAsync(HeadFile, Stop));
        Assert.Equal([5, 305], heads.Select(head => head.Head.Size));
        Assert.All(heads, head => Assert.True(head.IsSignedBy(Keys.Current.Pair)));
        Assert.Equal(heads.Select(head => head.Head.Text), _hooked);
        Assert.Equal([5, 305], await KeptAsync(isFork: false));
        var places = _log.Host.Services.GetRequiredService<HeadPublisher>().Places.ToDictionary(place => place.Place);
        Assert.Equal((305, null), (places[_door.Urls.First()].Size, places[_door.Urls.First()].Fault));
        Assert.NotNull(places["http://127.0.0.1:1"].Fault);
    }

    [Fact]
    public async Task A_publisher_that_was_started_anew_goes_on_where_the_witness_stands()
    {
        await GrowAndLookAsync(5);
        _log.Leaves.Grow(10);
        await Clockwork.SignAsync(Stop);
        using var anew = ActivatorUtilities.CreateInstance<HeadPublisher>(_log.Host.Services);

        await anew.PublishAsync((await _log.WithAsync((TreeHeads heads) => heads.LastAsync(Stop)))!, Stop);

        Assert.Equal([5, 15], await KeptAsync(isFork: false));
        Assert.Empty(await KeptAsync(isFork: true));
    }

    [Fact]
    public async Task A_log_that_was_put_back_and_signed_anew_is_noticed_by_its_witness_and_told_so()
    {
        await GrowAndLookAsync(20);
        _log.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        _log.Leaves.ShrinkTo(10);
        // The cheat empties the tables as well, so that the own server finds nothing wrong.
        await _log.Host.ReadAsync(async db => await db.Set<KeptHead>().ExecuteDeleteAsync(Stop));
        using var tree = _log.TreeAfterRestart();
        using var anew = new HeadPublisher(tree, Keys, _log.Host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<EvidenceOptions>>(), _log.Host.Clock, _log.Host.Services.GetRequiredService<ILogger<HeadPublisher>>());
        var forged = await _log.Host.ReadAsync(db => new TreeHeads(db, tree, Keys, _log.Host.Clock).SignAsync(Stop));

        await anew.PublishAsync(forged!, Stop);

        Assert.Equal([10], await KeptAsync(isFork: true));
        Assert.Contains("PeerLogForked", anew.Places.Single(place => place.Place == _door.Urls.First()).Fault, StringComparison.Ordinal);
    }

    private async Task GrowAndLookAsync(int entries)
    {
        _log.Leaves.Grow(entries);
        await Clockwork.RunOnceAsync(Stop);
    }

    private Task<List<long>> KeptAsync(bool isFork) => _witness!.Host.ReadAsync(db => db.Set<PeerHead>().Where(h => h.IsFork == isFork).OrderBy(h => h.Size).Select(h => h.Size).ToListAsync(Stop));

    // The witness has no port of its own.
    private async Task HandOnAsync(HttpContext http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "evidence/peer-heads") { Content = new StreamContent(http.Request.Body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(HeadSubmission.SignatureHeader, http.Request.Headers[HeadSubmission.SignatureHeader].ToString());
        using var answer = await _witness!.Host.As("").SendAsync(request);
        http.Response.StatusCode = (int)answer.StatusCode;
        await http.Response.Body.WriteAsync(await answer.Content.ReadAsByteArrayAsync());
    }
}
