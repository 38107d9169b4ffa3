namespace Anlan.Toolkit.Mqtt.Protocol;

/// <summary>A session's wish to hear of topics.</summary>
internal sealed class Subscription(MqttSession session, Wish wish, uint identifier)
{
    public MqttSession Session => session;

    public Wish Wish => wish;

    public uint Identifier => identifier;
}

/// <summary>Who hears of which topic: a tree with a branch for each level of the filters.</summary>
internal sealed class SubscriptionTree
{
    private readonly Lock _gate = new();
    private readonly Node _root = new();

    /// <summary>Adds a subscription in place of the session's older one with the same filter; true when there was none.</summary>
    public bool Add(Subscription subscription)
    {
        TopicFilter.TrySplit(subscription.Wish.Filter, out var group, out var filter);
        lock (_gate)
        {
            var node = _root;
            foreach (var level in filter.Split('/'))
            {
                node.Branches ??= new(StringComparer.Ordinal);
                if (!node.Branches.TryGetValue(level, out var next)) node.Branches[level] = next = new Node();
                node = next;
            }

            var members = group is null ? node.Own ??= [] : node.GroupOf(group).Members;
            var at = members.FindIndex(other => other.Session == subscription.Session);
            if (at < 0) members.Add(subscription);
            else members[at] = subscription;
            return at < 0;
        }
    }

    /// <summary>Takes a subscription away, and branches that bear nothing any more.</summary>
    public void Remove(MqttSession session, string subscribed)
    {
        TopicFilter.TrySplit(subscribed, out var group, out var filter);
        lock (_gate) Remove(_root, filter.Split('/'), 0, session, group);
    }

    /// <summary>Collects who hears of a topic, and of each group the one whose turn it is.</summary>
    public List<Subscription> Find(string topic)
    {
        var found = new List<Subscription>();
        lock (_gate) Collect(_root, topic.Split('/'), 0, found);
        return found;
    }

    private static void Collect(Node node, string[] levels, int at, List<Subscription> found)
    {
        // Wildcards at the beginning do not reach the server's own topics.
        var isOwn = at == 0 && levels[0].StartsWith('$');
        if (!isOwn && node.Branches?.GetValueOrDefault("#") is { } all) Take(all, found);
        if (at == levels.Length)
        {
            Take(node, found);
            return;
        }

        if (!isOwn && node.Branches?.GetValueOrDefault("+") is { } any) Collect(any, levels, at + 1, found);
        if (node.Branches?.GetValueOrDefault(levels[at]) is { } named) Collect(named, levels, at + 1, found);
    }

    private static void Take(Node node, List<Subscription> found)
    {
        if (node.Own is not null) found.AddRange(node.Own);
        foreach (var group in node.Groups ?? []) found.Add(group.Next());
    }

    private static bool Remove(Node node, string[] levels, int at, MqttSession session, string? group)
    {
        if (at < levels.Length)
        {
            if (node.Branches?.GetValueOrDefault(levels[at]) is not { } next || !Remove(next, levels, at + 1, session, group)) return false;
            node.Branches.Remove(levels[at]);
        }
        else if (group is null)
        {
            node.Own?.RemoveAll(own => own.Session == session);
        }
        else
        {
            node.Groups?.FirstOrDefault(one => one.Name == group)?.Members.RemoveAll(member => member.Session == session);
            node.Groups?.RemoveAll(one => one.Members.Count == 0);
        }

        return node is { Own: null or { Count: 0 }, Groups: null or { Count: 0 }, Branches: null or { Count: 0 } };
    }

    private sealed class Node
    {
        public Dictionary<string, Node>? Branches { get; set; }

        public List<Subscription>? Own { get; set; }

        public List<Group>? Groups { get; private set; }

        public Group GroupOf(string name)
        {
            Groups ??= [];
            if (Groups.Find(group => group.Name == name) is { } known) return known;
            Groups.Add(new Group(name));
            return Groups[^1];
        }
    }

    // Members of a shared subscription take turns; who is away is passed over while somebody is there.
    private sealed class Group(string name)
    {
        private uint _turn;

        public string Name => name;

        public List<Subscription> Members { get; } = [];

        public Subscription Next()
        {
            for (var tries = 0; tries < Members.Count; tries++)
            {
                var member = Members[(int)(_turn++ % (uint)Members.Count)];
                if (member.Session.IsConnected) return member;
            }

            return Members[(int)(_turn++ % (uint)Members.Count)];
        }
    }
}
