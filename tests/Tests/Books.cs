using Anlan.Host;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Rules;
using Anlan.Toolkit.Rules;

namespace Anlan.Tests;

/// <summary>Rule books for tests.</summary>
internal static class Books
{
    /// <summary>The rules of all modules, bound to no city.</summary>
    public static RuleBook Whole { get; } = With();

    /// <summary>The rules of all modules and further ones, as a city's or an operator's file gives them.</summary>
    public static RuleBook With(params IReadOnlyList<string> files) => Of(null, files);

    /// <summary>The same, in a city.</summary>
    public static RuleBook Of(string? home, params IReadOnlyList<string> files) => RuleBooks.Read(
        [.. RuleSource.OfModules(HostApplication.Modules.Assemblies), .. files.Select((json, number) => new RuleSource($"file-{number + 1}.json", json, IsBuiltIn: false))],
        [],
        home is null ? null : new DivisionCode(home));
}
