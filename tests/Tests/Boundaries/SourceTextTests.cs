using System.Text.RegularExpressions;

namespace Anlan.Tests.Boundaries;

/// <summary>Habits that a search through the source text can keep.</summary>
public sealed partial class SourceTextTests
{
    private const int MostLines = 400;
    private static readonly string[] Code = [".cs", ".razor", ".css", ".js"];

    private static IEnumerable<string> WrittenByHand => Repository.Files("src", Code).Concat(Repository.Files("tests", Code)).Where(path => !IsGenerated(path));

    [Fact]
    public void No_file_grows_beyond_four_hundred_lines()
    {
        var long_ = WrittenByHand.Append("anlan").Select(path => (path, lines: Repository.Read(path).Count(character => character == '\n')))
            .Where(file => file.lines >= MostLines).Select(file => $"{file.path}: {file.lines}");

        Assert.Empty(long_);
    }

    [Fact]
    public void Work_left_for_later_names_its_issue()
    {
        var found = WrittenByHand.Where(path => !path.StartsWith("tests/Tests/Boundaries/", StringComparison.Ordinal))
            .SelectMany(path => Lines(path, Repository.Read(path), LeftForLater()));

        Assert.Empty(found);
    }

    [Fact]
    public void Text_for_people_lies_in_resources_and_never_in_code()
    {
        var found = Repository.Files("src", ".cs", ".razor", ".js").Where(path => !IsGenerated(path))
            .SelectMany(path => Lines(path, Repository.WithoutComments(Repository.Read(path)), Han()));

        Assert.Empty(found);
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        var astray = Repository.Files("src", ".cs").Concat(Repository.Files("tests", ".cs")).Where(path => !IsGenerated(path))
            .Select(path => (path, declared: NamespaceLine().Match(Repository.Read(path)).Groups[1].Value, expected: ExpectedNamespace(path)))
            .Where(file => file.declared.Length > 0 && file.declared != file.expected)
            .Select(file => $"{file.path}: {file.declared}, not {file.expected}");

        Assert.Empty(astray);
    }

    [Fact]
    public void Types_have_names_that_say_something()
    {
        string[] refused = ["Manager", "Helper", "Helpers", "Util", "Utils", "Service", "Impl", "Base", "Common", "Info", "Data"];

        var vague = Repository.Assemblies().SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Namespace?.StartsWith("Anlan.", StringComparison.Ordinal) == true && !type.Name.Contains('<', StringComparison.Ordinal))
            .Where(type => !type.Namespace!.StartsWith("Anlan.Migrations", StringComparison.Ordinal))
            .Where(type => refused.Any(ending => type.Name.EndsWith(ending, StringComparison.Ordinal)))
            .Select(type => type.FullName);

        Assert.Empty(vague);
    }

    private static string ExpectedNamespace(string path)
    {
        var folders = Path.GetDirectoryName(path)!.Replace('\\', '/').Split('/').Skip(1).Where((folder, index) => index > 0 || folder != "Platform");
        return "Anlan." + string.Join('.', folders);
    }

    private static bool IsGenerated(string path) =>
        path.StartsWith("src/Platform/Migrations.", StringComparison.Ordinal) || path.Contains("/wwwroot/dist/", StringComparison.Ordinal) || path.Contains("/wwwroot/lib/", StringComparison.Ordinal);

    private static IEnumerable<string> Lines(string path, string text, Regex wanted) =>
        text.Split('\n').Select((line, index) => (line, index)).Where(line => wanted.IsMatch(line.line)).Select(line => $"{path}:{line.index + 1}: {line.line.Trim()}");

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b(?!\(#\d+\))", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex LeftForLater();

    [GeneratedRegex(@"[\u3400-\u9fff\uf900-\ufaff\u3001-\u3011\uff01-\uff5e]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Han();

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex NamespaceLine();
}
