using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Anlan.Tests.Boundaries;

/// <summary>The source tree around the running tests, found and never listed: a new module is checked from its first commit.</summary>
internal static partial class Repository
{
    private static readonly string[] NotOurs = ["artifacts", "node_modules", "data", ".git", "bin", "obj"];

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Names of the modules: folders directly below src whose project has the folder's name, without a dot.</summary>
    public static IReadOnlyList<string> Modules { get; } =
    [
        .. Directory.GetDirectories(Path.Combine(Root, "src")).Select(Path.GetFileName).OfType<string>()
            .Where(name => !name.Contains('.', StringComparison.Ordinal) && File.Exists(Path.Combine(Root, "src", name, name + ".csproj")))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Names of the libraries beside a module, such as Welding.Chip: portable, without server code.</summary>
    public static IReadOnlyList<string> Libraries { get; } =
    [
        .. Directory.GetDirectories(Path.Combine(Root, "src")).Select(Path.GetFileName).OfType<string>()
            .Where(name => name.Contains('.', StringComparison.Ordinal) && File.Exists(Path.Combine(Root, "src", name, name + ".csproj")))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Names of the projects below src/Platform.</summary>
    public static IReadOnlyList<string> PlatformProjects { get; } =
    [
        .. Directory.GetDirectories(Path.Combine(Root, "src", "Platform")).Select(Path.GetFileName).OfType<string>()
            .Where(name => File.Exists(Path.Combine(Root, "src", "Platform", name, name + ".csproj"))).Order(StringComparer.Ordinal),
    ];

    /// <summary>Files below a folder of the repository, relative to its root with forward slashes, without build output.</summary>
    public static IEnumerable<string> Files(string folder, params string[] extensions)
    {
        var start = Path.Combine(Root, folder);
        return Directory.EnumerateFiles(start, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => extensions.Length == 0 || extensions.Contains(Path.GetExtension(path), StringComparer.Ordinal))
            .Where(path => !path.Split('/').Any(part => NotOurs.Contains(part, StringComparer.Ordinal)))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>The text of a file of the repository.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The project file of a project below src.</summary>
    public static XDocument Project(string folder) => XDocument.Load(Path.Combine(Root, folder, Path.GetFileName(folder) + ".csproj"));

    /// <summary>The built assembly of a project.</summary>
    public static Assembly AssemblyOf(string project) => Assembly.Load("Anlan." + project);

    /// <summary>The assemblies of every module, library and platform project.</summary>
    public static IEnumerable<Assembly> Assemblies() => Modules.Concat(Libraries).Concat(PlatformProjects).Select(AssemblyOf);

    /// <summary>A source text without comments, so that checks look at code only; line numbers are kept.</summary>
    public static string WithoutComments(string text) => CommentOrLiteral().Replace(text, found =>
        found.Value[0] is '"' or '@' or '$' or '\'' && !found.Value.StartsWith("@*", StringComparison.Ordinal)
            ? found.Value
            : new string('\n', found.Value.Count(character => character == '\n')));

    [GeneratedRegex(
        """"
        "{3}[\s\S]*?"{3}|[@$]{1,2}"(?:[^"\\]|\\.|"")*"|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)'|//[^\n]*|/\*[\s\S]*?\*/|@\*[\s\S]*?\*@|<!--[\s\S]*?-->
        """",
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex CommentOrLiteral();

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Anlan.slnx"))) return folder.FullName;
        }

        throw new InvalidOperationException("The boundary tests read the source tree: run them from inside a checkout.");
    }
}
