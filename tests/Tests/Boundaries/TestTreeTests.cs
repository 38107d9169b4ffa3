namespace Anlan.Tests.Boundaries;

/// <summary>The tests mirror the sources folder by folder, so that "where is this tested" has one answer.</summary>
public sealed class TestTreeTests
{
    [Fact]
    public void Every_test_folder_mirrors_a_source_folder()
    {
        var strangers = Repository.Files("tests/Tests", ".cs").Select(path => Path.GetDirectoryName(path)!.Replace('\\', '/')).Distinct(StringComparer.Ordinal)
            .Where(folder => folder is not ("tests/Tests" or "tests/Tests/Boundaries"))
            .Where(folder => !Directory.Exists(Path.Combine(Repository.Root, "src", Path.GetRelativePath("tests/Tests", folder))));

        Assert.Empty(strangers);
    }

    [Fact]
    public void Every_test_class_says_that_it_is_one()
    {
        var unnamed = typeof(TestTreeTests).Assembly.GetTypes()
            .Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(FactAttribute), inherit: true)))
            .Where(type => !type.Name.EndsWith("Tests", StringComparison.Ordinal)).Select(type => type.FullName);

        Assert.Empty(unnamed);
    }
}
