using Anlan.Contracts.Welding;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Welding.Sessions;

/// <summary>Tells whether a session was ever granted at a machine: from memory while it is open, from its row afterwards.</summary>
internal sealed class KnownSessions(OpenSessions sessions, IServiceScopeFactory scopes)
{
    public async ValueTask<bool> IsOfAsync(SessionId session, MachineId machine, CancellationToken stop)
    {
        if (sessions.At(machine)?.Session == session) return true;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        return await db.Set<WeldSession>().AnyAsync(row => row.Id == session && row.Machine == machine, stop);
    }
}
