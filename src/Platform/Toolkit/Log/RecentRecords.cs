namespace Anlan.Toolkit.Log;

/// <summary>The last committed records, so that whoever follows the log closely need not read and decode them again.</summary>
internal sealed class RecentRecords
{
    private const int Most = 16_384;
    private readonly LogRecord[] _ring = new LogRecord[Most];
    private readonly Lock _gate = new();
    private long _first = 1;
    private long _last;

    /// <summary>Takes in what was committed, in order and without gaps.</summary>
    public void Add(List<LogRecord> committed)
    {
        lock (_gate)
        {
            foreach (var record in committed)
            {
                if (record.Seq != _last + 1) _first = record.Seq;
                _ring[record.Seq % Most] = record;
                _last = record.Seq;
            }

            _first = Math.Max(_first, _last - Most + 1);
        }
    }

    /// <summary>The records after a position, or null when they are not all here.</summary>
    public List<LogRecord>? After(long seq, int most)
    {
        lock (_gate)
        {
            if (_last == 0 || seq + 1 < _first || seq > _last) return null;
            var found = new List<LogRecord>((int)Math.Min(most, _last - seq));
            for (var next = seq + 1; next <= _last && found.Count < most; next++) found.Add(_ring[next % Most]);
            return found;
        }
    }
}
