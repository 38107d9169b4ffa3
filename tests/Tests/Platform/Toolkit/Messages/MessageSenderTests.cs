using Anlan.Toolkit.Messages;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Platform.Toolkit.Messages;

public sealed class MessageSenderTests
{
    [Fact]
    public async Task A_message_reaches_the_gateway_with_its_id_and_is_sent()
    {
        await using var gateway = await PretendGateway.StartAsync();
        await using var host = await MessagesHost.StartAsync(MessagesHost.TextTo(gateway.Address));
        await host.AskAsync("He said \"stop\" {phone}");

        Assert.Equal(1, await host.SendDueAsync());
        Assert.Equal(0, await host.SendDueAsync());

        var (message, got) = (await host.OnlyAsync(), Assert.Single(gateway.Requests));
        Assert.Equal(MessageState.Sent, message.State);
        Assert.Equal($$"""{"mobile":"{{MessagesHost.Mobile}}","content":"He said \"stop\" {phone}","id":"{{message.Id}}"}""", got.Body);
        Assert.Equal((message.Id.ToString(), "Bearer very-secret-token"), (got.Headers["X-Once"], got.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_message_whose_cause_was_not_saved_does_not_exist()
    {
        await using var gateway = await PretendGateway.StartAsync();
        await using var host = await MessagesHost.StartAsync(MessagesHost.TextTo(gateway.Address));
        await host.AskAsync(isSaved: false);

        Assert.Equal(0, await host.SendDueAsync());
        Assert.Empty(gateway.Requests);
        Assert.Equal(0, await host.ReadAsync(db => db.Set<OutgoingMessage>().CountAsync()));
    }

    [Fact]
    public async Task A_gateway_that_is_down_for_a_day_costs_no_message_and_gets_each_once()
    {
        var port = Anlan.Host.FreePort.Find();
        await using var host = await MessagesHost.StartAsync(MessagesHost.TextTo($"http://127.0.0.1:{port}"));
        for (var i = 0; i < 5; i++) await host.AskAsync();
        for (var hour = 0; hour < 24; hour++)
        {
            Assert.Equal(0, await host.SendDueAsync());
            host.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.True((await host.AttemptsAsync()).Count <= 24);
        await using var gateway = await PretendGateway.StartAsync(port);
        while (await host.SendDueAsync() > 0)
        {
        }

        var messages = await host.ReadAsync(db => db.Set<OutgoingMessage>().AsNoTracking().ToListAsync());
        Assert.All(messages, message => Assert.Equal((MessageState.Sent, 0), (message.State, message.Refusals)));
        Assert.Equal(messages.Select(message => message.Id.ToString()).Order(), gateway.Requests.Select(got => got.Headers["X-Once"]).Order());
    }

    [Fact]
    public async Task Between_two_tries_of_a_gateway_that_is_down_there_is_a_growing_pause()
    {
        await using var host = await MessagesHost.StartAsync(MessagesHost.TextTo($"http://127.0.0.1:{Anlan.Host.FreePort.Find()}"));
        await host.AskAsync();
        await host.SendDueAsync();
        await host.SendDueAsync();
        Assert.Single(await host.AttemptsAsync());
        host.Clock.Advance(TimeSpan.FromSeconds(15));
        await host.SendDueAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(15));
        await host.SendDueAsync();

        Assert.Equal(2, (await host.AttemptsAsync()).Count);
        Assert.NotNull(host.Services.GetRequiredService<MessageSender>().PausedUntil(MessageChannel.Text));
    }

    [Fact]
    public async Task Killed_after_the_gateway_took_it_and_before_that_was_noted_it_goes_out_again_under_the_same_id()
    {
        await using var gateway = await PretendGateway.StartAsync();
        var dying = new DyingGateway();
        await using var host = await MessagesHost.StartAsync(services =>
        {
            services.Remove(services.Single(service => service.ServiceType == typeof(IMessageGateway) && service.ImplementationType!.Name == "TextGateway"));
            services.AddSingleton<IMessageGateway>(provider => dying.Around(ActivatorUtilities.CreateInstance<TextGateway>(provider)));
        }, MessagesHost.TextTo(gateway.Address));
        await host.AskAsync();
        dying.IsDying = true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.SendDueAsync());

        Assert.Equal(MessageState.Waiting, (await host.OnlyAsync()).State);
        Assert.Equal(AttemptResult.Begun, Assert.Single(await host.AttemptsAsync()).Result);

        dying.IsDying = false;
        Assert.Equal(0, await host.SendDueAsync());
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await host.SendDueAsync());
        Assert.Equal(2, gateway.Requests.Count);
        Assert.Single(gateway.Requests.Select(got => got.Headers["X-Once"]).Distinct());
        Assert.Equal(MessageState.Sent, (await host.OnlyAsync()).State);
    }

    [Fact]
    public async Task What_the_gateway_refuses_five_times_is_put_aside_with_what_it_said()
    {
        await using var gateway = await PretendGateway.StartAsync();
        gateway.Answer = http => http.Response.WriteAsync($$"""{"code":40301,"msg":"{{MessagesHost.Mobile}} is on the black list, token very-secret-token"}""");
        await using var host = await MessagesHost.StartAsync(MessagesHost.TextTo(gateway.Address));
        await host.AskAsync();
        for (var i = 0; i < 10; i++)
        {
            await host.SendDueAsync();
            host.Clock.Advance(TimeSpan.FromHours(6));
        }

        var attempts = await host.AttemptsAsync();
        Assert.Equal((MessageState.Dead, 5), ((await host.OnlyAsync()).State, attempts.Count));
        Assert.All(attempts, attempt => Assert.Equal((AttemptResult.Refused, """200 {"code":40301,"msg":"{address} is on the black list, token ***"}"""), (attempt.Result, attempt.Said)));
    }

    [Theory]
    [InlineData(200, "", AttemptResult.Refused)]
    [InlineData(200, "<html>welcome</html>", AttemptResult.Refused)]
    [InlineData(200, "\0\u0001\u0002code\": 0.5", AttemptResult.Refused)]
    [InlineData(302, "", AttemptResult.Refused)]
    [InlineData(400, "{\"code\":0}", AttemptResult.Refused)]
    [InlineData(401, "{\"code\":0}", AttemptResult.Unreachable)]
    [InlineData(429, "", AttemptResult.Unreachable)]
    [InlineData(503, "{\"code\":0}", AttemptResult.Unreachable)]
    public async Task Rubbish_never_counts_as_accepted(int status, string body, AttemptResult expected)
    {
        await using var gateway = await PretendGateway.StartAsync();
        gateway.Answer = http =>
        {
            http.Response.StatusCode = status;
            if (status == 302) http.Response.Headers.Location = "/elsewhere";
            return http.Response.WriteAsync(body);
        };
        await using var host = await MessagesHost.StartAsync(MessagesHost.TextTo(gateway.Address));
        await host.AskAsync();
        await host.SendDueAsync();

        Assert.Equal(expected, Assert.Single(await host.AttemptsAsync()).Result);
        Assert.Equal(MessageState.Waiting, (await host.OnlyAsync()).State);
        Assert.Single(gateway.Requests);
    }

    [Fact]
    public async Task An_answer_without_end_or_with_too_much_does_not_hold_the_sender()
    {
        await using var gateway = await PretendGateway.StartAsync();
        gateway.Answer = async http =>
        {
            for (var i = 0; i < 300; i++) await http.Response.WriteAsync(new string('x', 1_000));
        };
        await using var host = await MessagesHost.StartAsync(MessagesHost.TextTo(gateway.Address));
        await host.AskAsync();
        await host.SendDueAsync();

        var said = Assert.Single(await host.AttemptsAsync()).Said!;
        Assert.True(said.Length <= 300, said);
    }

    [Fact]
    public async Task A_message_expires_instead_of_being_sent_late()
    {
        await using var gateway = await PretendGateway.StartAsync();
        await using var host = await MessagesHost.StartAsync(MessagesHost.TextTo(gateway.Address));
        await host.AskAsync(lifetime: TimeSpan.FromHours(1));
        host.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, await host.SendDueAsync());
        Assert.Equal(MessageState.Expired, (await host.OnlyAsync()).State);
        Assert.Empty(gateway.Requests);
    }

    [Fact]
    public async Task Without_a_gateway_a_message_waits_and_nothing_pretends_to_be_sent()
    {
        await using var host = await MessagesHost.StartAsync();
        await host.AskAsync();

        Assert.Equal(0, await host.SendDueAsync());
        Assert.Equal((MessageState.Waiting, 0), ((await host.OnlyAsync()).State, (await host.OnlyAsync()).Attempts));
    }

    [Fact]
    public async Task Neither_number_nor_words_lie_in_the_database_in_clear()
    {
        await using var host = await MessagesHost.StartAsync();
        await host.AskAsync();

        var message = await host.OnlyAsync();
        Assert.DoesNotContain(MessagesHost.Mobile, System.Text.Encoding.Latin1.GetString(message.Address), StringComparison.Ordinal);
        Assert.DoesNotContain("gas", System.Text.Encoding.Latin1.GetString(message.Text), StringComparison.Ordinal);
    }

    // Takes the message to the real gateway and then dies like a process that is killed: nobody hears the answer.
    private sealed class DyingGateway
    {
        public bool IsDying { get; set; }

        public IMessageGateway Around(IMessageGateway inner) => new Wrapped(this, inner);

        private sealed class Wrapped(DyingGateway owner, IMessageGateway inner) : IMessageGateway
        {
            public MessageChannel Channel => inner.Channel;

            public string? Place => inner.Place;

            public async Task<MessageGatewayAnswer> SendAsync(PlainMessage message, CancellationToken stop)
            {
                var answer = await inner.SendAsync(message, stop);
                return owner.IsDying ? throw new InvalidOperationException("killed") : answer;
            }
        }
    }
}
