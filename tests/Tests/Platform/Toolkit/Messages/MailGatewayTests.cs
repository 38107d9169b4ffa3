using Anlan.Toolkit.Messages;

namespace Anlan.Tests.Platform.Toolkit.Messages;

public sealed class MailGatewayTests
{
    [Fact]
    public async Task A_letter_arrives_with_subject_words_and_the_messages_id()
    {
        await using var server = new PretendMailServer();
        await using var host = await MessagesHost.StartAsync(MessagesHost.MailTo(server.Port));
        await host.AskMailAsync(title: "Notice of the bureau");

        Assert.Equal(1, await host.SendDueAsync());

        var (message, letter) = (await host.OnlyAsync(), Assert.Single(server.Letters));
        Assert.Equal(MessageState.Sent, message.State);
        Assert.Contains($"Message-Id: <{message.Id:N}@example.cn>", letter, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("To: zhang@example.cn", letter, StringComparison.Ordinal);
        Assert.Contains("Subject: Notice of the bureau", letter, StringComparison.Ordinal);
        Assert.Contains(MessagesHost.Words, letter, StringComparison.Ordinal);
        Assert.Contains("4711", Assert.Single(await host.AttemptsAsync()).Said!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RCPT", "550 no such user zhang@example.cn", AttemptResult.Refused, "550 no such user {address}")]
    [InlineData("RCPT", "451 come again later", AttemptResult.Refused, "451 come again later")]
    [InlineData("LETTER", "554 this is spam", AttemptResult.Refused, "554 this is spam")]
    [InlineData("MAIL", "421 too busy", AttemptResult.Unreachable, "421 too busy")]
    [InlineData("", "554 go away", AttemptResult.Unreachable, "554 go away")]
    [InlineData("", "rubbish", AttemptResult.Unreachable, "")]
    public async Task A_refusal_of_the_letter_counts_against_it_and_trouble_of_the_server_does_not(string at, string said, AttemptResult expected, string kept)
    {
        await using var server = new PretendMailServer { Answer = command => command.StartsWith(at, StringComparison.Ordinal) && (at.Length > 0 || command.Length == 0) ? said : null };
        await using var host = await MessagesHost.StartAsync(MessagesHost.MailTo(server.Port));
        await host.AskMailAsync();
        await host.SendDueAsync();

        var attempt = Assert.Single(await host.AttemptsAsync());
        Assert.Equal(expected, attempt.Result);
        Assert.Contains(kept, attempt.Said!, StringComparison.Ordinal);
        Assert.Empty(server.Letters);
    }

    [Fact]
    public async Task A_server_whose_certificate_nobody_vouches_for_gets_nothing()
    {
        await using var server = new PretendMailServer(isSecure: true);
        await using var host = await MessagesHost.StartAsync(MessagesHost.MailTo(server.Port, "Tls"));
        await host.AskMailAsync();
        await host.SendDueAsync();

        Assert.Equal(AttemptResult.Unreachable, Assert.Single(await host.AttemptsAsync()).Result);
        Assert.Empty(server.Letters);
    }

    [Fact]
    public async Task Without_the_TLS_that_was_asked_for_nothing_is_sent()
    {
        await using var server = new PretendMailServer();
        await using var host = await MessagesHost.StartAsync(MessagesHost.MailTo(server.Port, "StartTls"));
        await host.AskMailAsync();
        await host.SendDueAsync();

        Assert.Equal(AttemptResult.Unreachable, Assert.Single(await host.AttemptsAsync()).Result);
        Assert.Empty(server.Letters);
    }
}
