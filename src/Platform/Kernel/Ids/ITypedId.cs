namespace Anlan.Kernel.Ids;

/// <summary>A typed id over a version-7 GUID: <c>readonly record struct MachineId(Guid Value) : ITypedId&lt;MachineId&gt;</c>.</summary>
/// <typeparam name="TSelf">The id type itself.</typeparam>
public interface ITypedId<TSelf> where TSelf : struct, ITypedId<TSelf>
{
    /// <summary>The bare value, as stored and sent.</summary>
    Guid Value { get; }

    /// <summary>Wraps a stored value.</summary>
    static abstract TSelf From(Guid value);
}

/// <summary>Makes typed ids.</summary>
public static class TypedId
{
    /// <summary>A new id; sorts by time of creation.</summary>
    public static TId New<TId>() where TId : struct, ITypedId<TId> => TId.From(Guid.CreateVersion7());
}
