using Anlan.Kernel.Scopes;

namespace Anlan.Toolkit.Access;

/// <summary>
/// Says whose records an actor may see and change at this moment. There is one in an installation, kept by Accounts, and every list, look-up,
/// count, export and live update asks it.
/// </summary>
public interface IScopes
{
    /// <summary>The actor's scope of this moment; never kept, because jurisdiction changes at midnight and at each edit.</summary>
    Scope Of(Actor actor);
}

/// <summary>The scope of whoever acts in this scope of services.</summary>
public sealed class CurrentScope(CurrentActor current, IScopes scopes)
{
    /// <summary>As of this moment.</summary>
    public Scope Now => scopes.Of(current.Actor);
}
