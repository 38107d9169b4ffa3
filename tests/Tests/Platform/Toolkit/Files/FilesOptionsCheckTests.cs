using Anlan.Toolkit.Data;
using Anlan.Toolkit.Files;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Anlan.Tests.Platform.Toolkit.Files;

public sealed class FilesOptionsCheckTests
{
    private const string Secret = "very-secret-key";

    [Theory]
    [InlineData("Endpoint", "ftp://s3.example.cn", "Endpoint must be an http or https address")]
    [InlineData("Endpoint", "", "Endpoint must be an http or https address")]
    [InlineData("Endpoint", "http://s3.example.cn", "Endpoint must be https unless it is on this machine")]
    [InlineData("Bucket", "Anlan_Files", "Bucket must have")]
    [InlineData("Region", "north west", "Region must be")]
    [InlineData("AccessKey", "", "AccessKey is missing")]
    [InlineData("SecretKey", "", "SecretKey is missing")]
    [InlineData("Timeout", "00:00:00", "Timeout must be 1 s to 10 min")]
    public void A_server_that_is_described_wrongly_is_told_in_a_line_without_its_secret(string setting, string value, string said)
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Open((setting, value)));

        var line = Assert.Single(refused.Failures);
        Assert.StartsWith($"Anlan:Evidence:Files:S3:{setting}", line, StringComparison.Ordinal);
        Assert.Contains(said, line, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_described_rightly_is_taken_and_without_one_files_lie_in_the_data_folder()
    {
        Assert.IsType<S3Shelf>(Open());
        Assert.IsType<LocalShelf>(FileServices.OpenShelf(new ConfigurationBuilder().Build(), Folder(), TimeProvider.System));
    }

    private static IFileShelf Open(params (string Setting, string Value)[] changes)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Place"] = "S3",
            ["S3:Endpoint"] = "https://s3.example.cn",
            ["S3:Bucket"] = "anlan-files",
            ["S3:AccessKey"] = "anlan",
            ["S3:SecretKey"] = Secret,
        };
        foreach (var (setting, value) in changes) settings["S3:" + setting] = value;
        return FileServices.OpenShelf(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create("Anlan:Evidence:Files:" + pair.Key, pair.Value))).Build(), Folder(), TimeProvider.System);
    }

    private static DataFolder Folder() => new(Path.GetTempPath());
}
