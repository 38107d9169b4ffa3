using System.Collections.Concurrent;

namespace Anlan.Simulator.Sites;

/// <summary>Counts what the welders were told.</summary>
internal sealed class SiteBook
{
    private readonly ConcurrentDictionary<string, int> _refusals = new(StringComparer.Ordinal);
    private int _started;
    private int _refused;
    private int _unanswered;

    public void Started() => Interlocked.Increment(ref _started);

    public void Unanswered() => Interlocked.Increment(ref _unanswered);

    public void Refused(IReadOnlyList<string> codes)
    {
        Interlocked.Increment(ref _refused);
        foreach (var code in codes) _refusals.AddOrUpdate(code, 1, (_, count) => count + 1);
    }

    /// <summary>One line for the terminal.</summary>
    public string Say(int online, int chips, int powered)
    {
        var why = string.Join(", ", _refusals.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(4).Select(pair => $"{pair.Key} {pair.Value}"));
        return $"{online}/{chips} chips on-line, {powered} powered; starts {_started}, refused {_refused}{(why.Length > 0 ? $" ({why})" : "")}{(_unanswered > 0 ? $", unanswered {_unanswered}" : "")}";
    }
}
