using Anlan.Host.Cluster;
using Microsoft.Extensions.Options;

namespace Anlan.Tests.Platform.Host.Cluster;

public sealed class ClusterSettingsTests
{
    [Theory]
    [InlineData("redis", "", true, "127.0.0.1", "Anlan:Cluster:Redis")]
    [InlineData("redis", "localhost:6379", false, "127.0.0.1", "Anlan:Postgres")]
    [InlineData("many", "", true, "127.0.0.1", "local or redis")]
    [InlineData("local", "", false, "here", "Anlan:Cluster:Address")]
    public void What_cannot_work_is_told_in_a_line(string kind, string redis, bool hasPostgres, string address, string told)
    {
        var settings = new ClusterSettings { Kind = kind, Redis = redis, Address = address };

        var fault = Assert.Throws<OptionsValidationException>(() => settings.Check(hasPostgres));

        Assert.Contains(told, Assert.Single(fault.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Alone_nothing_is_needed() => new ClusterSettings().Check(hasPostgres: false);
}
