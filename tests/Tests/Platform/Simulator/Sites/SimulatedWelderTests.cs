using Anlan.Simulator.Chips;
using Anlan.Simulator.Rosters;
using Anlan.Simulator.Sites;
using Anlan.Tests.Platform.Simulator.Api;
using Anlan.Welding.Chip.Logic;
using Microsoft.Extensions.Time.Testing;

namespace Anlan.Tests.Platform.Simulator.Sites;

public sealed class SimulatedWelderTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly SiteBook _book = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SimulatedChip _chip = new(
        new ChipIdentity("SIM-0001", "1"), "secret", new NoStore(), new WeldingScene("electric", 300, 30, 120, new Random(1)), new MqttAddress("127.0.0.1", 1), new Random(1), TimeProvider.System);
    private PretendApi _api = null!;
    private Task _work = Task.CompletedTask;

    public async ValueTask InitializeAsync() => _api = await PretendApi.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _work);
        _chip.Dispose();
        _stop.Dispose();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task A_welder_proves_presence_starts_the_machine_works_and_stops_it()
    {
        Begin(_api.Address);

        await PassTimeUntilAsync(() => _api.Bodies("POST machines/DEMO-0001/stop").Any());

        var order = _api.Requests.Select(request => request.What).ToList();
        Assert.Equal(["POST sign-in", "POST me/proof", "POST machines/DEMO-0001/start"], order[..3]);
        Assert.Equal("924715", (string?)_api.Bodies("POST me/proof").First()!["pin"]);
        Assert.Equal("sealed", (string?)_api.Bodies("POST machines/DEMO-0001/start").First()!["proof"]);
        Assert.Contains(", refused 0", _book.Say(1, 1, 0), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_welder_comes_again_later_and_the_reasons_are_counted()
    {
        _api.Answers["POST machines/DEMO-0001/start"] = (_, _) => PretendApi.Refusal(409, "CertificateExpired");
        Begin(_api.Address);

        await PassTimeUntilAsync(() => _book.Say(1, 1, 0).Contains("refused 3 (CertificateExpired 3)", StringComparison.Ordinal));

        Assert.Empty(_api.Bodies("POST machines/DEMO-0001/stop"));
    }

    [Fact]
    public async Task A_welder_without_a_server_goes_on_trying()
    {
        Begin("http://127.0.0.1:1");

        await PassTimeUntilAsync(() => _book.Say(0, 1, 0).Contains("unanswered 3", StringComparison.Ordinal));

        Assert.False(_work.IsCompleted);
    }

    private void Begin(string server)
    {
        var entry = new WelderEntry("Nobody", "welder01", "password", "924715", "licensed", ["DEMO-0001", "NOT-HERE"]);
        var machines = new Dictionary<string, SimulatedChip>(StringComparer.Ordinal) { ["DEMO-0001"] = _chip };
        _work = new SimulatedWelder(entry, machines, server, 1, _book, _time).RunAsync(_stop.Token);
    }

    private async Task PassTimeUntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(5, deadline.Token);
        }
    }

    private sealed class NoStore : IChipStore
    {
        public ChipMemory Load() => new();

        public void Save(ChipMemory memory)
        {
        }
    }
}
