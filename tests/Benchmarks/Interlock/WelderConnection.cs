using Anlan.Benchmarks.Wire;

namespace Anlan.Benchmarks.Interlock;

/// <summary>A phone's way to the server: starts a machine, waits until the chip has power, stops it, takes the next machine.</summary>
internal sealed class WelderConnection(StartLoad load) : HttpConnection
{
    private BenchMachine? _machine;
    private long _due;
    private bool _isStarting;

    /// <summary>True while a request is under way.</summary>
    public bool IsBusy => _machine is not null;

    /// <summary>Starts a machine.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="due">When it should have been started; waiting for a free connection counts too.</param>
    public void Start(BenchMachine machine, long due)
    {
        (_machine, _due, _isStarting) = (machine, due, true);
        Ask(load.StartOf(machine));
    }

    protected override void Answered(int status, ReadOnlySpan<byte> body)
    {
        var machine = _machine!;
        if (_isStarting && load.Started(machine, status, body, _due))
        {
            _isStarting = false;
            Ask(load.StopOf(machine));
            return;
        }

        if (!_isStarting) load.Stopped(status, body);
        _machine = null;
        load.Free(this, machine);
    }

    protected override void Closed() => throw new InvalidOperationException("The server closed a connection for requests.");
}
