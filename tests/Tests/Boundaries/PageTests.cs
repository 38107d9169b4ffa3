using System.Reflection;
using System.Text.RegularExpressions;
using Anlan.Host;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace Anlan.Tests.Boundaries;

/// <summary>Every page has a title, says who may open it, and is reached through entries and symbols that exist.</summary>
public sealed partial class PageTests
{
    private static readonly HashSet<string> Symbols = [.. SymbolId().Matches(Repository.Read("src/Platform/Toolkit/wwwroot/icons.svg")).Select(found => found.Groups[1].Value)];

    private static readonly IReadOnlyList<Type> Routed =
        [.. Repository.Modules.Append("Host").Select(Repository.AssemblyOf).SelectMany(assembly => assembly.GetTypes()).Where(type => type.IsDefined(typeof(RouteAttribute), inherit: false))];

    public static TheoryData<string> Pages => [.. Routed.Select(page => page.FullName!)];

    private static IEnumerable<MenuEntry> Menu => HostApplication.Modules.Modules.SelectMany(module => module.Menu);

    [Theory, MemberData(nameof(Pages))]
    public void A_page_says_who_may_open_it(string name)
    {
        var page = Page(name);
        var authorize = (AuthorizeAttribute?)Attribute.GetCustomAttribute(page, typeof(AuthorizeAttribute));

        Assert.True(authorize is not null || Attribute.IsDefined(page, typeof(AllowAnonymousAttribute)), "Neither [Authorize] nor [AllowAnonymous].");
        if (authorize?.Policy is { } policy)
        {
            Assert.StartsWith(PermissionExtensions.PolicyPrefix, policy, StringComparison.Ordinal);
            Assert.Contains(policy[PermissionExtensions.PolicyPrefix.Length..], HostApplication.Modules.Permissions.Select(permission => permission.Key));
        }
    }

    [Theory, MemberData(nameof(Pages))]
    public void A_page_that_is_drawn_has_a_title(string name)
    {
        var page = Page(name);
        // A page without markup only leads on to another one.
        if (Source(page) is { } source && Markup().IsMatch(source.Split("@code")[0])) Assert.Contains("<PageTitle>", source, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Pages))]
    public void A_page_that_runs_slices_does_so_through_the_page_base(string name)
    {
        var page = Page(name);
        var isStatic = Attribute.IsDefined(page, typeof(ExcludeFromInteractiveRoutingAttribute));

        // A circuit lives for hours: a scope that old would hold a stale database context and a stale actor.
        if (!isStatic && page.Assembly != typeof(HostApplication).Assembly) Assert.True(page.IsSubclassOf(typeof(DeskPage)), "Not a DeskPage.");
    }

    [Fact]
    public void A_part_of_a_page_that_reads_does_so_in_a_scope_of_its_own()
    {
        var slices = HostApplication.Modules.Modules.Select(module => module.GetType().Assembly).ToHashSet();
        // Parts of a page are filled side by side: two that share a database context fail as soon as it answers slowly. An index answers from memory.
        var sharing = from assembly in Repository.Modules.Append("Host").Select(Repository.AssemblyOf)
                      from part in assembly.GetTypes()
                      where part.IsSubclassOf(typeof(ComponentBase)) && !part.IsSubclassOf(typeof(DeskPage)) && !Routed.Contains(part)
                      from used in part.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                      where used.IsDefined(typeof(InjectAttribute), inherit: false) && slices.Contains(used.PropertyType.Assembly)
                      where used.PropertyType.BaseType is not { IsGenericType: true, Name: "EntityIndex`1" } && used.PropertyType.GetMethods().Any(method => typeof(Task).IsAssignableFrom(method.ReturnType))
                      select $"{part.Name} holds {used.PropertyType.Name}";

        Assert.Empty(sharing);
    }

    [Fact]
    public void Every_menu_entry_leads_to_a_page_that_asks_for_the_same_permission()
    {
        foreach (var entry in Menu)
        {
            var page = Routed.Single(type => type.GetCustomAttributes(typeof(RouteAttribute), inherit: false).Cast<RouteAttribute>().Any(route => route.Template == entry.Href));
            var policy = ((AuthorizeAttribute?)Attribute.GetCustomAttribute(page, typeof(AuthorizeAttribute)))?.Policy;

            Assert.Equal(entry.Permission is null ? null : PermissionExtensions.PolicyPrefix + entry.Permission, policy);
            Assert.Contains("i-" + entry.Icon, Symbols);
        }
    }

    [Fact]
    public void Every_symbol_that_a_page_draws_is_in_the_sprite()
    {
        var missing = from path in Repository.Files("src", ".razor")
                      from Match used in IconName().Matches(Repository.Read(path))
                      where !Symbols.Contains("i-" + used.Groups[1].Value)
                      select $"{path}: {used.Groups[1].Value}";

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_label_of_the_menu_exists()
    {
        foreach (var entry in Menu)
        {
            var words = new System.Resources.ResourceManager(entry.Words.FullName!, entry.Words.Assembly);

            Assert.False(string.IsNullOrEmpty(words.GetString(entry.WordKey, System.Globalization.CultureInfo.GetCultureInfo("en"))), entry.WordKey);
        }
    }

    private static Type Page(string name) => Routed.Single(page => page.FullName == name);

    private static string? Source(Type page) => Repository.Files("src", ".razor").Where(path => Path.GetFileNameWithoutExtension(path) == page.Name).Select(Repository.Read).SingleOrDefault();

    [GeneratedRegex("id=\"([\\w-]+)\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex SymbolId();

    [GeneratedRegex("^\\s*<", RegexOptions.CultureInvariant | RegexOptions.Multiline, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Markup();

    [GeneratedRegex("<Icon Name=\"(\\w+)\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex IconName();
}
