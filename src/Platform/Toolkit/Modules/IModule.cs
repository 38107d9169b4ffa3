using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Toolkit.Modules;

/// <summary>A module's contents page: its services, routes, permissions and menu. Its mappings and pages are found in its assembly.</summary>
public interface IModule
{
    /// <summary>Registers slices, indexes, projections, subscribers, MQTT handlers and options.</summary>
    void AddServices(IServiceCollection services, IConfiguration configuration);

    /// <summary>Maps the module's routes below <c>/api/v1</c>.</summary>
    void MapRoutes(IEndpointRouteBuilder api);

    /// <summary>What a role can let one do in this module.</summary>
    IReadOnlyList<Permission> Permissions { get; }

    /// <summary>The module's entries of the navigation.</summary>
    IReadOnlyList<MenuEntry> Menu { get; }
}
