using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Accounts;

/// <summary>Runs a slice for an open page in a scope of its own, in the name of whoever is signed in at that moment.</summary>
internal sealed class PageScope(IServiceScopeFactory scopes, AuthenticationStateProvider authentication)
{
    public async Task<TAnswer> RunAsync<TSlice, TAnswer>(Func<TSlice, Task<TAnswer>> act) where TSlice : notnull
    {
        var actor = await ActorAsync();
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = actor;
        return await act(scope.ServiceProvider.GetRequiredService<TSlice>());
    }

    public async Task<Actor> ActorAsync() =>
        Actor.From((await authentication.GetAuthenticationStateAsync()).User) ?? throw new InvalidOperationException("The session has ended.");
}
