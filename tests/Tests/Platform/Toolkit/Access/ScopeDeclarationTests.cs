using Anlan.Toolkit.Access;

namespace Anlan.Tests.Platform.Toolkit.Access;

public sealed class ScopeDeclarationTests
{
    [Fact]
    public async Task Every_entity_route_and_page_declares_its_scope()
    {
        await using var server = await ScopedServer.StartAsync();

        var entities = server.Entities.Where(entity => !entity.IsDefined(typeof(ScopedAttribute), inherit: false)).Select(entity => entity.FullName);
        var routes = server.Routes.Where(route => route.Metadata.GetMetadata<ScopedAttribute>() is null).Select(route => $"{ScopedServer.MethodOf(route)} {route.RoutePattern.RawText}");

        Assert.Empty(entities.Concat(routes));
        Assert.Contains(server.Routes, ScopedServer.IsPage);
        Assert.Contains(server.Routes, route => ScopedServer.MethodOf(route) == "POST");
    }
}
