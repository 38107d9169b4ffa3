using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Anlan.Toolkit.Messages;

/// <summary>E-mail by SMTP.</summary>
internal sealed class MailGateway(IOptions<MessagesOptions> options, TimeProvider clock) : IMessageGateway
{
    private const int FirstPermanent = 500;
    private readonly MailOptions? _options = options.Value.Mail;

    public MessageChannel Channel => MessageChannel.Mail;

    public string? Place => _options is null ? null : $"{_options.Host}:{_options.Port}";

    public async Task<MessageGatewayAnswer> SendAsync(PlainMessage message, CancellationToken stop)
    {
        var server = _options ?? throw new InvalidOperationException("No mail server is configured.");
        MessageGatewayAnswer Answer(AttemptResult result, string said) => MessageGatewayAnswer.Of(result, said, message, server.Password, server.User);
        try
        {
            using var client = new SmtpClient { Timeout = (int)server.Timeout.TotalMilliseconds, CheckCertificateRevocation = server.ChecksRevocation };
            await client.ConnectAsync(server.Host, server.Port, SecurityOf(server.Security), stop);
            if (server.User.Length > 0) await client.AuthenticateAsync(server.User, server.Password, stop);
            var said = await client.SendAsync(Letter(server, message, clock.GetUtcNow()), stop);
            // The message is out; how the connection ends changes nothing.
            await client.DisconnectAsync(quit: true, CancellationToken.None);
            return Answer(AttemptResult.Accepted, said);
        }
        catch (SmtpCommandException refused)
        {
            // What is said of this recipient or this letter concerns it alone, be it for now; everything else concerns the server.
            var isOfMessage = refused.ErrorCode is SmtpErrorCode.RecipientNotAccepted || (refused.ErrorCode is SmtpErrorCode.MessageNotAccepted && (int)refused.StatusCode >= FirstPermanent);
            return Answer(isOfMessage ? AttemptResult.Refused : AttemptResult.Unreachable, $"{(int)refused.StatusCode} {refused.Message}");
        }
        catch (Exception failed) when (failed is SocketException or IOException or ProtocolException or AuthenticationException or SslHandshakeException or TimeoutException or NotSupportedException or ServiceNotConnectedException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            return Answer(AttemptResult.Unreachable, failed is OperationCanceledException or TimeoutException ? $"no answer within {server.Timeout.TotalSeconds:0} s" : failed.Message);
        }
    }

    private static MimeMessage Letter(MailOptions server, PlainMessage message, DateTimeOffset now)
    {
        var from = MailboxAddress.Parse(server.From);
        var letter = new MimeMessage { Subject = message.Title ?? "", Body = new TextPart("plain") { Text = message.Text }, Date = now };
        letter.From.Add(from);
        letter.To.Add(new MailboxAddress("", message.Address));
        // The same at every attempt: a mail server that gets it twice can tell.
        letter.MessageId = $"{message.Id:N}@{from.Domain}";
        letter.Headers.Add("Auto-Submitted", "auto-generated");
        return letter;
    }

    private static SecureSocketOptions SecurityOf(MailSecurity security) => security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };
}
