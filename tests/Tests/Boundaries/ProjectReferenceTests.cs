using System.Xml.Linq;

namespace Anlan.Tests.Boundaries;

/// <summary>Who may reference whom (conventions: Kernel, Contracts, modules, Host; Kernel, Toolkit, modules).</summary>
public sealed class ProjectReferenceTests
{
    public static TheoryData<string> Modules => [.. Repository.Modules];

    [Fact]
    public void There_are_modules_to_check() => Assert.NotEmpty(Repository.Modules);

    [Theory, MemberData(nameof(Modules))]
    public void A_module_uses_only_the_kernel_contracts_toolkit_and_libraries_beside_it(string module)
    {
        string[] allowed = ["Anlan.Kernel", "Anlan.Contracts", "Anlan.Toolkit", .. Repository.Libraries.Select(library => "Anlan." + library)];

        var used = OurReferences(module);

        Assert.Empty(used.Except(allowed));
    }

    [Theory, MemberData(nameof(Modules))]
    public void A_module_project_adds_no_reference_of_its_own_except_a_library(string module)
    {
        var references = References(Repository.Project("src/" + module), "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path));

        Assert.Empty(references.Except(Repository.Libraries));
    }

    [Fact]
    public void A_library_beside_a_module_knows_nothing_of_the_server()
    {
        foreach (var library in Repository.Libraries)
        {
            Assert.Empty(OurReferences(library).Except(Repository.Libraries.Select(other => "Anlan." + other)));
            Assert.Empty(References(Repository.Project("src/" + library), "FrameworkReference"));
        }
    }

    [Fact]
    public void The_kernel_references_no_framework()
    {
        var project = Repository.Project("src/Platform/Kernel");

        Assert.Empty(References(project, "ProjectReference"));
        Assert.Empty(References(project, "FrameworkReference"));
        Assert.Equal(["System.Formats.Cbor"], References(project, "PackageReference"));
        Assert.All(Repository.AssemblyOf("Kernel").GetReferencedAssemblies(), used => Assert.StartsWith("System.", used.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Contracts_reference_only_the_kernel()
    {
        var project = Repository.Project("src/Platform/Contracts");

        Assert.Equal(["Kernel"], References(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)));
        Assert.Empty(References(project, "PackageReference"));
        Assert.Empty(References(project, "FrameworkReference"));
    }

    [Fact]
    public void The_toolkit_knows_no_module_and_no_contract() => Assert.Empty(OurReferences("Toolkit").Except(["Anlan.Kernel"]));

    [Fact]
    public void The_simulator_is_a_stranger_that_knows_only_the_chip() =>
        Assert.Empty(OurReferences("Simulator").Except(Repository.Libraries.Select(library => "Anlan." + library)));

    private static IEnumerable<string> OurReferences(string project) =>
        Repository.AssemblyOf(project).GetReferencedAssemblies().Select(used => used.Name ?? "").Where(name => name.StartsWith("Anlan.", StringComparison.Ordinal));

    private static IEnumerable<string> References(XDocument project, string kind) =>
        project.Descendants(kind).Select(element => ((string?)element.Attribute("Include") ?? "").Replace('\\', '/'));
}
