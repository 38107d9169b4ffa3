using System.Globalization;
using System.Resources;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Anlan.Host.Webhooks;
using Anlan.Kernel.Paging;
using Anlan.Tests.Platform.Toolkit.Messages;
using Anlan.Tests.Welding;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Welding.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Platform.Host.Webhooks;

/// <summary>Other systems are told over real HTTP what real chips do over real MQTT: in order, signed, at least once, and of nothing that is not theirs.</summary>
public sealed class WebhookSenderTests
{
    private static readonly string[] Allowed = ["--Anlan:Webhooks:AllowOwnNetwork=true", "--Anlan:Webhooks:AllowHttp=true", "--Anlan:Webhooks:MostRefusals=2"];

    [Fact]
    public async Task Refusal_power_and_end_arrive_in_order_signed_and_without_personal_data()
    {
        await using var receiver = await PretendGateway.StartAsync();
        await using var host = await WeldingHost.StartAsync(settings: Allowed);
        var entered = await EnterAsync(host, receiver.Address);

        var session = await WeldAsync(host);
        await WeldingHost.UntilAsync(() => receiver.Requests.Count >= 3);

        var events = receiver.Requests.Select(got => JsonDocument.Parse(got.Body).RootElement).ToList();
        Assert.Equal([WeldingWebhooks.Refused, WeldingWebhooks.Powered, WeldingWebhooks.Ended], events.Select(happened => happened.GetProperty("type").GetString()));
        Assert.Equal("CertificateNotFound", events[0].GetProperty("data").GetProperty("refusals")[0].GetProperty("code").GetString());
        Assert.Equal("CERT-HELD-LAW", events[0].GetProperty("data").GetProperty("refusals")[0].GetProperty("rule").GetString());
        Assert.Equal([session, session], events.Skip(1).Select(happened => happened.GetProperty("data").GetProperty("session").GetGuid()));
        Assert.Equal("stop", events[2].GetProperty("data").GetProperty("reason").GetString());
        Assert.All(receiver.Requests, got => Assert.Equal(Signature(entered.Secret, got), got.Headers["webhook-signature"]));
        Assert.All(receiver.Requests, got => Assert.StartsWith("application/cloudevents+json", got.Headers["Content-Type"], StringComparison.Ordinal));
        Assert.All(receiver.Requests, got => Assert.DoesNotContain("name", got.Body, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(3, events.Select(happened => happened.GetProperty("id").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task What_happens_while_the_receiver_is_away_arrives_in_order_after_a_restart_of_the_server()
    {
        await using var receiver = await PretendGateway.StartAsync();
        receiver.Answer = http => Answer(http, StatusCodes.Status503ServiceUnavailable);
        var host = await WeldingHost.StartAsync(settings: Allowed);
        var (clock, facts) = (host.Clock, host.Facts);
        await EnterAsync(host, receiver.Address);
        await WeldAsync(host);
        await WeldingHost.UntilAsync(() => !receiver.Requests.IsEmpty);
        var folder = await host.StopAsync();
        receiver.Answer = _ => Task.CompletedTask;
        receiver.Requests.Clear();

        clock.Advance(TimeSpan.FromMinutes(10));
        await using (var again = await WeldingHost.StartAsync(folder: folder, clock: clock, facts: facts, settings: Allowed))
        {
            await WeldingHost.UntilAsync(() => receiver.Requests.Count >= 3);

            Assert.Equal([WeldingWebhooks.Refused, WeldingWebhooks.Powered, WeldingWebhooks.Ended], receiver.Requests.Take(3).Select(TypeOf));
            await UntilAsync(again, row => row.State == WebhookState.Told);
        }

        TestStore.Remove(folder);
    }

    [Fact]
    public async Task An_event_that_the_receiver_keeps_refusing_is_put_aside_and_the_next_one_comes_and_a_person_sends_it_again()
    {
        await using var receiver = await PretendGateway.StartAsync();
        var refuses = true;
        receiver.Answer = http => refuses && receiver.Requests.Last().Body.Contains(WeldingWebhooks.Refused, StringComparison.Ordinal) ? Answer(http, StatusCodes.Status400BadRequest) : Task.CompletedTask;
        await using var host = await WeldingHost.StartAsync(settings: Allowed);
        var entered = await EnterAsync(host, receiver.Address);

        await WeldAsync(host);
        await WeldingHost.UntilAsync(() =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(2));
            return receiver.Requests.Any(got => TypeOf(got) == WeldingWebhooks.Ended);
        });
        var aside = Assert.Single((await host.AskAsync((DeadLetters slice) => slice.ListAsync(entered.Id, new PageRequest(1, 20), default))).Items);
        Assert.Equal((WeldingWebhooks.Refused, 2, "HTTP 400"), (aside.Type, aside.Attempts, aside.Said));

        refuses = false;
        var before = receiver.Requests.Count;
        Assert.Equal(1, (await host.AskAsync((DeadLetters slice) => slice.ResendAsync(entered.Id, null, default))).Value.Count);
        await UntilAsync(host, row => receiver.Requests.Count > before && row.DeadLetters == 0);

        Assert.Equal(aside.Body, receiver.Requests.Last().Body);
    }

    [Fact]
    public async Task Who_asked_for_another_area_is_told_nothing_and_a_pause_keeps_what_happens()
    {
        await using var receiver = await PretendGateway.StartAsync();
        await using var host = await WeldingHost.StartAsync(settings: Allowed);
        await EnterAsync(host, receiver.Address + "/elsewhere", division: "330502", name: "elsewhere");
        var here = await EnterAsync(host, receiver.Address + "/here");
        Assert.True((await host.AskAsync((PauseWebhook slice) => slice.PauseAsync(here.Id, new PauseWebhook.Request("maintenance"), default))).IsDone);

        await WeldAsync(host);
        Assert.Empty(receiver.Requests);
        Assert.True((await host.AskAsync((PauseWebhook slice) => slice.ResumeAsync(here.Id, default))).IsDone);
        await WeldingHost.UntilAsync(() => receiver.Requests.Count >= 3);

        Assert.All(receiver.Requests, got => Assert.Equal("/here", got.Path));
        Assert.True((await host.AskAsync((PauseWebhook slice) => slice.RemoveAsync(here.Id, new PauseWebhook.Request("over"), default))).IsDone);
        Assert.Equal("elsewhere", Assert.Single((await host.AskAsync((ListWebhooks slice) => slice.RunAsync(new PageRequest(1, 20), default))).Items).Name);
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Whatever_keeps_an_event_from_arriving_has_words(string language)
    {
        var words = new ResourceManager(typeof(Anlan.Host.Words));

        Assert.All([WebhookPost.NoAnswer, "OwnNetwork", .. Enum.GetNames<HttpRequestError>()], why => Assert.NotNull(words.GetString("Webhooks.Why." + why, CultureInfo.GetCultureInfo(language))));
    }

    [Fact]
    public async Task A_receiver_in_the_own_network_is_not_reached_unless_the_operator_allows_it()
    {
        await using var receiver = await PretendGateway.StartAsync();
        await using var host = await WeldingHost.StartAsync(settings: ["--Anlan:Webhooks:AllowHttp=true"]);
        var entered = await EnterAsync(host, receiver.Address);

        var tried = await host.AskAsync((TryWebhook slice) => slice.RunAsync(entered.Id, default));

        Assert.False(tried.Value.IsTaken);
        Assert.Equal("OwnNetwork", tried.Value.Said);
        Assert.Empty(receiver.Requests);
    }

    [Theory]
    [InlineData("", "https://a.example", "anlan.welding.ended", null, null, "name:WebhookNameLength")]
    [InlineData("mes", "http://a.example", "anlan.welding.ended", null, null, "address:WebhookAddress")]
    [InlineData("mes", "https://user:word@a.example", "anlan.welding.ended", null, null, "address:WebhookAddress")]
    [InlineData("mes", "ftp://a.example", "anlan.welding.ended", null, null, "address:WebhookAddress")]
    [InlineData("mes", "rubbish", "anlan.welding.ended", null, null, "address:WebhookAddress")]
    [InlineData("mes", "https://a.example", "", null, null, "types:WebhookTypesMissing")]
    [InlineData("mes", "https://a.example", "anlan.unknown", null, null, "types:WebhookTypeUnknown")]
    [InlineData("mes", "https://a.example", "anlan.welding.ended", "99", null, "division:WebhookDivisionUnknown")]
    [InlineData("mes", "https://a.example", "anlan.welding.ended", null, "91330500000000000X", "creditCode:WebhookEnterpriseUnknown")]
    public async Task What_is_wrong_with_a_receiver_is_told_by_field(string name, string address, string types, string? division, string? creditCode, string refusal)
    {
        await using var host = await WeldingHost.StartAsync();

        var outcome = await host.AskAsync((EnterWebhook slice) => slice.EnterAsync(new EnterWebhook.Request(name, address, types.Split(',', StringSplitOptions.RemoveEmptyEntries), division, creditCode), default));

        Assert.Equal([refusal], outcome.Refusals.Select(fault => $"{fault.Field}:{fault.Code}"));
        await using var scope = host.Services.CreateAsyncScope();
        Assert.Empty(await scope.ServiceProvider.GetRequiredService<AnlanDb>().Set<Webhook>().ToListAsync());
    }

    /// <summary>A start that is refused, then a session: powered and stopped.</summary>
    private static async Task<Guid> WeldAsync(WeldingHost host)
    {
        var machine = await host.AMachineAsync();
        var (welder, stranger) = (host.Facts.AWelder(host.Enterprise), host.Facts.AWelder(host.Enterprise));
        host.Facts.SetCertificates(stranger);
        var chip = await host.SwitchOnAsync(machine);
        await host.StartAsync(machine, stranger);
        var started = await host.StartAsync(machine, welder);
        await WeldingHost.UntilAsync(() => chip.IsPowered && host.Sessions.At(machine.Id)?.State == Anlan.Welding.Sessions.SessionState.Running);
        await host.Twin(machine).StopAsync(welder.Value, Guid.Empty);
        await WeldingHost.UntilAsync(() => host.Sessions.At(machine.Id) is null);
        return started.Session!.Value;
    }

    private static async Task<EnterWebhook.Entered> EnterAsync(WeldingHost host, string address, string? division = null, string name = "mes")
    {
        var outcome = await host.AskAsync((EnterWebhook slice) => slice.EnterAsync(new EnterWebhook.Request(name, address, [WeldingWebhooks.Powered, WeldingWebhooks.Ended, WeldingWebhooks.Refused], division), default));
        Assert.Empty(outcome.Refusals);
        return outcome.Value;
    }

    private static async Task UntilAsync(WeldingHost host, Func<WebhookRow, bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (!condition((await host.AskAsync((ListWebhooks slice) => slice.RunAsync(new PageRequest(1, 20), default))).Items[0])) await Task.Delay(20, deadline.Token);
    }

    private static Task Answer(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static string? TypeOf(PretendGateway.Got got) => JsonDocument.Parse(got.Body).RootElement.GetProperty("type").GetString();

    // As a receiver would, from docs/protocols/webhooks.md.
    private static string Signature(string secret, PretendGateway.Got got) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{got.Headers["webhook-id"]}.{got.Headers["webhook-timestamp"]}.{got.Body}")));
}
