namespace Anlan.Toolkit.Mqtt.Protocol;

/// <summary>The last message of each topic whose sender wanted later subscribers to hear it.</summary>
internal sealed class RetainedMessages(int limit)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Message> _messages = new(StringComparer.Ordinal);

    /// <summary>Keeps a message in place of the topic's last one; an empty one only takes that away. False when there is no room.</summary>
    public bool Keep(Message message)
    {
        lock (_gate)
        {
            if (message.Payload.Length == 0) _messages.Remove(message.Topic);
            else if (_messages.Count < limit || _messages.ContainsKey(message.Topic)) _messages[message.Topic] = message;
            else return false;
            return true;
        }
    }

    /// <summary>What a new subscriber hears.</summary>
    public List<Message> Find(string filter, long now)
    {
        lock (_gate)
        {
            foreach (var (topic, message) in _messages)
            {
                if (message.Ends <= now) _messages.Remove(topic);
            }

            return [.. _messages.Values.Where(message => TopicFilter.Matches(filter, message.Topic))];
        }
    }
}
