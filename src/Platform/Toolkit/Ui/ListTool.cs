using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Toolkit.Ui;

/// <summary>What every list offers beside its own filters: a component without parameters, which finds the list by the page's address.</summary>
/// <param name="Component">For example the saved views.</param>
public sealed record ListTool(Type Component);

/// <summary>Registers tools.</summary>
public static class ListToolServices
{
    /// <summary>Offers a component to every list (<c>ListTools.razor</c>).</summary>
    public static IServiceCollection AddListTool<TComponent>(this IServiceCollection services) => services.AddSingleton(new ListTool(typeof(TComponent)));
}
