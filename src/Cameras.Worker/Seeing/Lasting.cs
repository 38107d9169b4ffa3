namespace Anlan.Cameras.Worker.Seeing;

/// <summary>Something that counts only when it lasts, and is over only when that lasts.</summary>
internal sealed class Lasting(TimeSpan on, TimeSpan off)
{
    private DateTimeOffset? _changing;

    /// <summary>True while it counts.</summary>
    public bool IsOn { get; private set; }

    /// <summary>When what counts now, or no longer counts, began: before it was believed.</summary>
    public DateTimeOffset Since { get; private set; }

    /// <summary>It is over, and what was seen until now does not count.</summary>
    public void Reset() => (IsOn, _changing) = (false, null);

    /// <summary>Tells what is to be seen now; null = nobody can say, so that nothing changes.</summary>
    public void Tell(bool? seen, DateTimeOffset at)
    {
        if (seen is null || seen == IsOn)
        {
            _changing = null;
            return;
        }

        _changing ??= at;
        if (at - _changing < (IsOn ? off : on)) return;
        (IsOn, Since, _changing) = (!IsOn, _changing.Value, null);
    }
}
