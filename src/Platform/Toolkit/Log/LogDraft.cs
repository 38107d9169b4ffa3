namespace Anlan.Toolkit.Log;

/// <summary>An entry to be appended, with the conditions and side rows that belong to the same transaction.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="At">When.</param>
/// <param name="Model">The body record, handed to observers.</param>
/// <param name="Body">The body's bytes.</param>
public sealed record LogDraft(LogKind Kind, string Subject, DateTimeOffset At, object Model, byte[] Body)
{
    /// <summary>Appended at most once under this key (unique index): device, boot and sequence of an uplink, or machine and counter of a grant.</summary>
    public string? Once { get; init; }

    /// <summary>Taken together with the entry (unique index); if one is held already, nothing is written.</summary>
    public IReadOnlyList<Hold> Claims { get; init; } = [];

    /// <summary>Holds given back; each must be held by its owner, else nothing is written.</summary>
    public IReadOnlyList<(string Key, Guid Owner)> Releases { get; init; } = [];

    /// <summary>Holds whose value is replaced; each must be held by its owner, else nothing is written.</summary>
    public IReadOnlyList<Hold> Updates { get; init; } = [];

    /// <summary>A command that waits for the device's acknowledgement from this moment on.</summary>
    public Downlink? Post { get; init; }

    /// <summary>A command that needs no delivery any more: acknowledged, or overtaken.</summary>
    public Guid? Settle { get; init; }
}

/// <summary>Something that only one may have at a time: a person at work, a machine in use.</summary>
/// <param name="Key">For example <c>person/…</c>.</param>
/// <param name="Owner">Who holds it: the session.</param>
/// <param name="Value">State of the owner, its own JSON.</param>
public sealed record Hold(string Key, Guid Owner, byte[] Value)
{
    private Reading? _read;

    /// <summary>The value as its owner reads it; read once, because a hold is asked for far more often than it changes. The model must be immutable.</summary>
    public TModel Read<TModel>(Func<byte[], TModel> reader) where TModel : class
    {
        if (_read is { Model: TModel known } last && ReferenceEquals(last.Bytes, Value)) return known;
        var model = reader(Value);
        _read = new Reading(Value, model);
        return model;
    }

    /// <summary>The same hold, with the model that its value was written from: nobody needs to read it back.</summary>
    public Hold Known(object model)
    {
        _read = new Reading(Value, model);
        return this;
    }

    private sealed record Reading(byte[] Bytes, object Model);
}

/// <summary>A command to a device that only its own acknowledgement settles.</summary>
/// <param name="Id">Id that the device acknowledges.</param>
/// <param name="Device">Serial.</param>
/// <param name="Channel">Last part of the topic: <c>grant</c>, <c>revoke</c>, <c>config</c>.</param>
/// <param name="Payload">The message.</param>
/// <param name="ExpiresAt">Not delivered after this; null = until acknowledged.</param>
public sealed record Downlink(Guid Id, string Device, string Channel, byte[] Payload, DateTimeOffset? ExpiresAt);

/// <summary>What became of a draft.</summary>
public enum AppendStatus
{
    /// <summary>Written and durable.</summary>
    Appended,
    /// <summary>An entry with the same once-key is there already; nothing was written now.</summary>
    Repeated,
    /// <summary>A claim was held, or a release was not: nothing was written.</summary>
    Conflict,
}

/// <summary>What became of a draft, and where.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Seq">Position when appended.</param>
/// <param name="ConflictKey">The hold that stood against it.</param>
public readonly record struct AppendResult(AppendStatus Status, long Seq, string? ConflictKey)
{
    /// <summary>True when written now.</summary>
    public bool IsAppended => Status == AppendStatus.Appended;
}
