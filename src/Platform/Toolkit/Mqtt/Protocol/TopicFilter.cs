namespace Anlan.Toolkit.Mqtt.Protocol;

/// <summary>Topic names and filters, section 4.7 of both standards.</summary>
internal static class TopicFilter
{
    private const string Share = "$share/";

    // Each level is a step of the walk through the tree of subscriptions.
    private const int MostSeparators = 200;

    /// <summary>True for a topic or filter of more levels than are taken here.</summary>
    public static bool IsTooDeep(string topic) => topic.AsSpan().Count('/') > MostSeparators;

    /// <summary>True for a topic that a message may have.</summary>
    public static bool IsName(string topic) => topic.Length > 0 && !topic.AsSpan().ContainsAny('+', '#') && !IsTooDeep(topic);

    /// <summary>True for a filter whose wildcards stand alone in their level, <c>#</c> in the last one.</summary>
    public static bool IsFilter(string filter)
    {
        if (filter.Length == 0 || IsTooDeep(filter)) return false;
        for (var i = 0; i < filter.Length; i++)
        {
            var next = i + 1 == filter.Length ? '/' : filter[i + 1];
            if (filter[i] is '+' or '#' && ((i > 0 && filter[i - 1] != '/') || next != '/' || (filter[i] == '#' && i + 1 < filter.Length))) return false;
        }

        return true;
    }

    /// <summary>Parts <c>$share/{group}/{filter}</c>; the group is null for a subscription of one's own. False when there is no group or no filter in it.</summary>
    public static bool TrySplit(string subscribed, out string? group, out string filter)
    {
        (group, filter) = (null, subscribed);
        if (!subscribed.StartsWith(Share, StringComparison.Ordinal)) return IsFilter(filter);
        var end = subscribed.IndexOf('/', Share.Length);
        if (end <= Share.Length) return false;
        (group, filter) = (subscribed[Share.Length..end], subscribed[(end + 1)..]);
        return IsName(group) && IsFilter(filter);
    }

    /// <summary>True when a message with this topic belongs to the filter; wildcards at the beginning do not reach the server's own topics (<c>$…</c>).</summary>
    public static bool Matches(string filter, string topic)
    {
        if (topic.StartsWith('$') && !filter.StartsWith('$')) return false;
        ReadOnlySpan<char> wanted = filter, rest = topic;
        while (true)
        {
            var level = Cut(ref wanted, out var isLastWanted);
            if (level is "#") return true;
            var has = Cut(ref rest, out var isLast);
            if (level is not "+" && !level.SequenceEqual(has)) return false;
            // "a/#" is about "a" as well.
            if (isLast) return isLastWanted || wanted is "#";
            if (isLastWanted) return false;
        }
    }

    private static ReadOnlySpan<char> Cut(ref ReadOnlySpan<char> rest, out bool isLast)
    {
        var end = rest.IndexOf('/');
        isLast = end < 0;
        var level = isLast ? rest : rest[..end];
        rest = isLast ? [] : rest[(end + 1)..];
        return level;
    }
}
