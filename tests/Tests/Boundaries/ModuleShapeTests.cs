namespace Anlan.Tests.Boundaries;

/// <summary>What every module shows to the rest of the program.</summary>
public sealed class ModuleShapeTests
{
    public static TheoryData<string> Modules => [.. Repository.Modules];

    [Theory, MemberData(nameof(Modules))]
    public void A_module_is_in_the_hosts_list_of_modules(string module)
    {
        var host = string.Concat(Repository.Files("src/Platform/Host", ".cs").Select(Repository.Read));

        Assert.Contains($"new {module}Module()", host, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Modules))]
    public void A_module_has_one_contents_page_and_its_own_words(string module)
    {
        Assert.True(File.Exists(Path.Combine(Repository.Root, "src", module, module + "Module.cs")), $"{module}Module.cs is missing.");
        Assert.True(File.Exists(Path.Combine(Repository.Root, "src", module, "README.md")), $"src/{module}/README.md is missing.");
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Read("Anlan.slnx");

        var forgotten = Repository.Files("src", ".csproj").Concat(Repository.Files("tests", ".csproj"))
            .Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal));

        Assert.Empty(forgotten);
    }

    [Fact]
    public void Grain_interfaces_stay_inside_their_module()
    {
        var open = Repository.Assemblies().SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type.IsInterface && typeof(Orleans.IGrain).IsAssignableFrom(type));

        Assert.Empty(open);
    }
}
