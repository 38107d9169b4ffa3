using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Anlan.Toolkit.Messages;

/// <summary>Keeps the doors closed when a gateway is described wrongly; says the setting, never its secret.</summary>
internal sealed class MessagesOptionsCheck : IValidateOptions<MessagesOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public ValidateOptionsResult Validate(string? name, MessagesOptions options)
    {
        List<string> wrong = [];
        if (options.MostRefusals is < 1 or > 50) wrong.Add("Anlan:Messages:MostRefusals must be 1 to 50.");
        if (options.Mail is { } mail) Check(mail, wrong);
        if (options.Text is { } text) Check(text, wrong);
        if (Uri.CheckHostName(options.Robot.Host.Split(':')[0]) == UriHostNameType.Unknown) wrong.Add("Anlan:Messages:Robot:Host must be a host such as oapi.dingtalk.com.");
        if (options.Robot.Timeout < Shortest || options.Robot.Timeout > Longest) wrong.Add("Anlan:Messages:Robot:Timeout must be 1 s to 5 min.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static void Check(MailOptions mail, List<string> wrong)
    {
        if (mail.Host.Trim().Length == 0) wrong.Add("Anlan:Messages:Mail:Host is missing: name the mail server.");
        if (mail.Port is < 1 or > 65_535) wrong.Add("Anlan:Messages:Mail:Port must be 1 to 65535.");
        if (!MailboxAddress.TryParse(mail.From, out var from) || !from.Address.Contains('@', StringComparison.Ordinal)) wrong.Add("Anlan:Messages:Mail:From must be an address such as anlan@example.cn.");
        if (mail.User.Length > 0 != mail.Password.Length > 0) wrong.Add("Anlan:Messages:Mail:User and :Password belong together.");
        if (mail is { User.Length: > 0, Security: MailSecurity.None }) wrong.Add("Anlan:Messages:Mail:Security None would send the password in clear: use Tls or StartTls.");
        if (mail.Timeout < Shortest || mail.Timeout > Longest) wrong.Add("Anlan:Messages:Mail:Timeout must be 1 s to 5 min.");
    }

    private static void Check(TextOptions text, List<string> wrong)
    {
        // Places stand for anything while the address is judged.
        if (!Uri.TryCreate(TextTemplate.Fill(text.Address, _ => "0"), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) wrong.Add("Anlan:Messages:Text:Address must be an https address.");
        else if (address.Scheme == "http" && !text.AllowOwnNetwork) wrong.Add("Anlan:Messages:Text:Address must be https; plain http is for a gateway in the own network (AllowOwnNetwork).");
        else if (TextTemplate.Fill(text.Address.Split('?')[0].Split('/', 4) is [_, _, var host, ..] ? host : "", _ => "{").Contains('{', StringComparison.Ordinal)) wrong.Add("Anlan:Messages:Text:Address: the host must not have places.");
        foreach (var place in new[] { "{phone}", "{text}" })
        {
            if (!text.Address.Contains(place, StringComparison.Ordinal) && !text.Body.Contains(place, StringComparison.Ordinal)) wrong.Add($"Anlan:Messages:Text: {place} is missing in Address and Body.");
        }

        if (!HttpMethodName(text.Method)) wrong.Add("Anlan:Messages:Text:Method must be GET, POST or PUT.");
        if (text.Headers.Any(header => header.Key.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')) || header.Value.Any(char.IsControl))) wrong.Add("Anlan:Messages:Text:Headers: a name or value cannot be sent.");
        if (!System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(text.ContentType, out _)) wrong.Add("Anlan:Messages:Text:ContentType must be a media type such as application/json.");
        if (text.Timeout < Shortest || text.Timeout > Longest) wrong.Add("Anlan:Messages:Text:Timeout must be 1 s to 5 min.");
        try
        {
            _ = new Regex(text.Accepted, RegexOptions.CultureInvariant, TextGateway.MatchTimeout);
        }
        catch (ArgumentException)
        {
            wrong.Add("Anlan:Messages:Text:Accepted is no regular expression.");
        }
    }

    private static bool HttpMethodName(string method) => method.ToUpperInvariant() is "GET" or "POST" or "PUT";
}
