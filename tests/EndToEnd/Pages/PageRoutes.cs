using System.Reflection;
using Anlan.Host;
using Microsoft.AspNetCore.Components;

namespace Anlan.EndToEnd.Pages;

/// <summary>Every page that the platform has, found in its assemblies: a new page is visited without anybody thinking of it.</summary>
internal static class PageRoutes
{
    /// <summary>The routes, as the pages declare them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. HostApplication.Modules.Modules.Select(module => module.GetType().Assembly).Distinct()
            .SelectMany(assembly => assembly.GetTypes()).SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template).Order(StringComparer.Ordinal),
    ];

    /// <summary>The route of an address; null when it leads to no page (a download, another site).</summary>
    public static string? Of(string address)
    {
        var segments = Segments(address.Split('?', '#')[0]);
        return All.Where(route => Fits(Segments(route), segments)).OrderBy(route => route.Count(letter => letter == '{')).FirstOrDefault();
    }

    private static string[] Segments(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static bool Fits(string[] route, string[] path) =>
        route.Length == path.Length && route.Zip(path).All(pair => pair.First[0] == '{' ? !pair.First.Contains(":guid", StringComparison.Ordinal) || Guid.TryParse(pair.Second, out _) : pair.First == pair.Second);
}
