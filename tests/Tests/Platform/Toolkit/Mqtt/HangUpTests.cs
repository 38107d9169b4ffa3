namespace Anlan.Tests.Platform.Toolkit.Mqtt;

public sealed class HangUpTests
{
    [Fact]
    public async Task Hanging_up_ends_the_devices_connection_and_its_tools_and_nobody_elses()
    {
        await using var bench = await BrokerBench.StartAsync();
        using var device = await bench.ConnectAsync("DEV-1");
        using var tool = await bench.ConnectAsync("DEV-1", clientId: "DEV-1~pub");
        using var other = await bench.ConnectAsync("DEV-2");

        await bench.Broker.HangUpAsync("DEV-1");

        await BrokerBench.UntilAsync(() => device.IsGone && tool.IsGone && bench.Gone.Contains("DEV-1"));
        Assert.True(other.Client.IsConnected);
        Assert.Equal(["DEV-1"], bench.Gone);
    }
}
