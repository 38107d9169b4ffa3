using System.Text.Json;
using Anlan.Benchmarks.Interlock;
using Anlan.Benchmarks.Wire;

namespace Anlan.Benchmarks.Soak;

/// <summary>A welder's phone over the hour: proves with the PIN, starts the machine, stops it once it has power. Proofs grow old within minutes, so each start has its own.</summary>
internal sealed class SoakWelder(BenchMachine machine) : HttpConnection
{
    private readonly byte[] _prove = Post("/api/v1/me/proof", machine.Cookie, $$"""{"pin":"{{SeededCounty.Pin}}"}""");
    private readonly byte[] _stop = Post($"/api/v1/machines/{machine.Code}/stop", machine.Cookie, "{}");
    private Step _step;

    private enum Step
    {
        Idle,
        Proving,
        Starting,
        Stopping,
    }

    /// <summary>True while a start and its stop are under way.</summary>
    public bool IsBusy => _step != Step.Idle;

    /// <summary>Starts that ended with power.</summary>
    public int Starts { get; private set; }

    /// <summary>Starts that were refused: on a machine that others use, the chip may not have confirmed the last stop yet.</summary>
    public int Refused { get; private set; }

    /// <summary>Begins a start.</summary>
    public void Begin() => Go(Step.Proving, _prove);

    protected override void Answered(int status, ReadOnlySpan<byte> body)
    {
        var isInUse = status == 409 && _step is not Step.Proving;
        if (status != 200 && !isInUse) throw new InvalidOperationException($"{machine.Code}, {_step}: {status} {System.Text.Encoding.UTF8.GetString(body)}");
        switch (_step)
        {
            case Step.Proving:
                Go(Step.Starting, Post($"/api/v1/machines/{machine.Code}/start", machine.Cookie, $$"""{"proof":"{{ProofIn(body)}}","waitSeconds":10}"""));
                break;
            case Step.Starting:
                if (isInUse) Refused++;
                if (body.IndexOf("\"state\":\"powered\""u8) >= 0) Starts++;
                Go(Step.Stopping, _stop);
                break;
            default:
                _step = Step.Idle;
                break;
        }
    }

    protected override void Closed() => throw new InvalidOperationException("The server closed a connection for requests.");

    private static string ProofIn(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        return JsonElement.ParseValue(ref reader).GetProperty("proof").GetString()!;
    }

    private void Go(Step step, byte[] request)
    {
        _step = step;
        Ask(request);
    }
}
