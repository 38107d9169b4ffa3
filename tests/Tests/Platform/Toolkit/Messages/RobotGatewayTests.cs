using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Anlan.Contracts.Messages;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Messages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Platform.Toolkit.Messages;

/// <summary>Group robots, against a real receiver.</summary>
public sealed class RobotGatewayTests
{
    private const string Secret = "SECtest0123456789";

    [Fact]
    public async Task A_message_is_signed_as_the_robot_demands_and_its_secret_never_travels()
    {
        await using var robot = await PretendGateway.StartAsync();
        robot.Answer = http => http.Response.WriteAsync("""{"errcode":0,"errmsg":"ok"}""");
        await using var host = await StartAsync(robot);
        await SayAsync(host, robot.Address);

        var got = Assert.Single(robot.Requests);
        var query = HttpUtility.ParseQueryString(got.Path[got.Path.IndexOf('?', StringComparison.Ordinal)..]);
        Assert.Equal("token-1", query["access_token"]);
        Assert.Equal(Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{query["timestamp"]}\n{Secret}"))), query["sign"]);
        Assert.Equal(host.Clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), query["timestamp"]);
        using var body = JsonDocument.Parse(got.Body);
        Assert.Equal(("text", MessagesHost.Words), (body.RootElement.GetProperty("msgtype").GetString(), body.RootElement.GetProperty("text").GetProperty("content").GetString()));
        Assert.DoesNotContain(Secret, got.Path + got.Body, StringComparison.Ordinal);
        Assert.Equal(AttemptResult.Accepted, Assert.Single(await host.AttemptsAsync()).Result);
    }

    [Theory]
    [InlineData("""{"errcode":130101,"errmsg":"send too fast, token-1 SECtest0123456789"}""", AttemptResult.Refused)]
    [InlineData("""{"errcode":310000,"errmsg":"sign not match"}""", AttemptResult.Refused)]
    [InlineData("<html>", AttemptResult.Refused)]
    [InlineData("[]", AttemptResult.Refused)]
    public async Task What_the_robot_refuses_is_tried_later_and_repeats_no_secret(string said, AttemptResult result)
    {
        await using var robot = await PretendGateway.StartAsync();
        robot.Answer = http => http.Response.WriteAsync(said);
        await using var host = await StartAsync(robot);
        await SayAsync(host, robot.Address);

        var attempt = Assert.Single(await host.AttemptsAsync());
        Assert.Equal(result, attempt.Result);
        Assert.DoesNotContain(Secret, attempt.Said!, StringComparison.Ordinal);
        Assert.DoesNotContain("token-1", attempt.Said!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_robot_of_another_host_is_not_even_connected_to()
    {
        await using var inside = await PretendGateway.StartAsync();
        await using var host = await MessagesHost.StartAsync(_ => { }, []);
        await SayAsync(host, inside.Address.Replace("http://", "https://", StringComparison.Ordinal));

        Assert.Equal(AttemptResult.Refused, Assert.Single(await host.AttemptsAsync()).Result);
        Assert.Empty(inside.Requests);
    }

    [Theory]
    [InlineData("https://oapi.dingtalk.com/robot/send?access_token=a", "SECa", true)]
    [InlineData("https://oapi.dingtalk.com/robot/send", "SECa", false)]
    [InlineData("https://oapi.dingtalk.com/robot/send?access_token=a", "", false)]
    [InlineData("https://oapi.dingtalk.com/robot/send?access_token=a", "with blank", false)]
    [InlineData("ftp://oapi.dingtalk.com/robot/send?access_token=a", "SECa", false)]
    [InlineData("https://user@oapi.dingtalk.com/robot/send?access_token=a", "SECa", false)]
    [InlineData("robot", "SECa", false)]
    public void An_address_has_a_token_and_a_secret(string webhook, string secret, bool isOne)
    {
        var robot = RobotAddress.Of(webhook, secret);
        Assert.Equal(isOne, robot is not null);
        if (robot is null) return;
        Assert.Equal(robot, RobotAddress.Read(MessageAddress.Normalise(robot.ToString())));
        Assert.Equal("oapi.dingtalk.com/***", MessageAddress.Mask(robot.ToString()));
    }

    private static Task<ModuleHost> StartAsync(PretendGateway robot) =>
        MessagesHost.StartAsync(new KeyValuePair<string, string?>("Anlan:Messages:Robot:Host", new Uri(robot.Address).Authority), new KeyValuePair<string, string?>("Anlan:Messages:Robot:AllowOwnNetwork", "true"));

    private static async Task SayAsync(ModuleHost host, string address)
    {
        await using (var scope = host.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
            scope.ServiceProvider.GetRequiredService<IMessages>().SendRobot(RobotAddress.Of($"{address}/robot/send?access_token=token-1&version=2", Secret)!.ToString(), MessagesHost.Words, new MessageCause("messages.test", "test/1", null, TimeSpan.FromDays(1)));
            await scope.ServiceProvider.GetRequiredService<AnlanDb>().SaveAsync();
        }

        await host.SendDueAsync();
    }
}
