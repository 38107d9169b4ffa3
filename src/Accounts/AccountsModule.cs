using Anlan.Toolkit.Access;
using Anlan.Toolkit.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Accounts;

/// <summary>The contents page of Accounts.</summary>
public sealed class AccountsModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder api)
    {
    }

    /// <inheritdoc />
    public IReadOnlyList<PermissionGrant> Permissions => [];

    /// <inheritdoc />
    public IReadOnlyList<MenuEntry> Menu => [];
}
