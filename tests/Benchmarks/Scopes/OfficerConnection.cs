using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Anlan.Benchmarks.Wire;

namespace Anlan.Benchmarks.Scopes;

/// <summary>An officer's browser: asks for a page of the list as soon as the last one has come, and checks what it says.</summary>
internal sealed class OfficerConnection : HttpConnection
{
    private const int PageSize = 20;
    private readonly BenchOfficer _officer;
    private readonly string _cookie;
    private readonly Random _dice;
    private long _since;

    public OfficerConnection(BenchOfficer officer, string cookie, int seed) => (_officer, _cookie, _dice) = (officer, cookie, new Random(seed));

    /// <summary>Where durations go; null while warming up.</summary>
    public Latencies? Latencies { get; set; }

    /// <summary>Asks no more.</summary>
    public bool IsStopping { get; set; }

    /// <summary>True while a request is under way.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Mostly the first page, at times a later one.</summary>
    public void Begin()
    {
        var page = _dice.Next(3) > 0 ? 1 : 1 + _dice.Next(_officer.Enterprises / PageSize);
        (_since, IsBusy) = (Stopwatch.GetTimestamp(), true);
        Ask(Encoding.ASCII.GetBytes($"GET /api/v1/enterprises?page={page}&size={PageSize} HTTP/1.1\r\nHost: localhost\r\nCookie: {_cookie}\r\n\r\n"));
    }

    protected override void Answered(int status, ReadOnlySpan<byte> body)
    {
        Latencies?.AddSince(_since);
        IsBusy = false;
        Check(status, body);
        if (!IsStopping) Begin();
    }

    protected override void Closed() => throw new InvalidOperationException("The server closed a connection for requests.");

    // A fast answer that shows another town's enterprises, or not all of one's own, is worth nothing.
    private void Check(int status, ReadOnlySpan<byte> body)
    {
        if (status != 200) throw new InvalidOperationException($"The list answered {status}: {Encoding.UTF8.GetString(body)}");
        var reader = new Utf8JsonReader(body);
        var page = JsonElement.ParseValue(ref reader);
        if (page.GetProperty("total").GetInt32() != _officer.Enterprises) throw new InvalidOperationException($"{_officer.UserName} should see {_officer.Enterprises} enterprises and sees {page.GetProperty("total")}.");
        foreach (var row in page.GetProperty("items").EnumerateArray())
        {
            if (row.GetProperty("division").GetString() != _officer.Town) throw new InvalidOperationException($"{_officer.UserName} sees {row}.");
        }
    }
}
