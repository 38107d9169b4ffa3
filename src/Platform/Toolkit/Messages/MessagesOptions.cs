using System.ComponentModel.DataAnnotations;

namespace Anlan.Toolkit.Messages;

/// <summary>The gateways, section <c>Anlan:Messages</c>. What is left out is not there: its messages wait and say so.</summary>
public sealed class MessagesOptions
{
    /// <summary>Refusals by the gateway after which a message is put aside. Default 5; 1 to 50. That the gateway cannot be reached does not count.</summary>
    [Range(1, 50)]
    public int MostRefusals { get; set; } = 5;

    /// <summary>E-mail by SMTP; null = none.</summary>
    public MailOptions? Mail { get; set; }

    /// <summary>Text messages by an HTTP gateway; null = none.</summary>
    public TextOptions? Text { get; set; }

    /// <summary>Group robots; each office enters its own.</summary>
    public RobotOptions Robot { get; set; } = new();
}

/// <summary>How the connection to a mail server is secured.</summary>
public enum MailSecurity
{
    /// <summary>TLS from the first byte, usually port 465.</summary>
    Tls,

    /// <summary>TLS after a greeting in clear, usually port 587; without it nothing is sent.</summary>
    StartTls,

    /// <summary>In clear; for a relay on this machine only.</summary>
    None,
}

/// <summary>A mail server.</summary>
public sealed class MailOptions
{
    /// <summary>Its name.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its port. Default 465.</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 465;

    /// <summary>How it is secured. Default TLS from the first byte.</summary>
    public MailSecurity Security { get; set; } = MailSecurity.Tls;

    /// <summary>User; empty = the server asks for none.</summary>
    public string User { get; set; } = "";

    /// <summary>Password of the user.</summary>
    public string Password { get; set; } = "";

    /// <summary>Sender, for example <c>安澜 &lt;anlan@example.cn&gt;</c>.</summary>
    public string From { get; set; } = "";

    /// <summary>Longest wait for the server at each step. Default 20 s; 1 s to 5 min.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>False in networks from which nobody reaches the lists of revoked certificates. Default true.</summary>
    public bool ChecksRevocation { get; set; } = true;
}

/// <summary>A gateway for text messages, described as a request with the places <c>{phone}</c>, <c>{text}</c> and <c>{id}</c>.</summary>
public sealed class TextOptions
{
    /// <summary>HTTP method. Default POST.</summary>
    public string Method { get; set; } = "POST";

    /// <summary>Address; places in it are percent-encoded.</summary>
    public string Address { get; set; } = "";

    /// <summary>Headers, secrets among them; never shown or logged.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Body; places in it are written as the content type demands (JSON, form, XML, else as they are). Empty = none.</summary>
    public string Body { get; set; } = "";

    /// <summary>Content type of the body. Default <c>application/json</c>.</summary>
    public string ContentType { get; set; } = "application/json";

    /// <summary>Regular expression that an answer (200 to 299) must match to count as accepted; empty = the status is enough.</summary>
    public string Accepted { get; set; } = "";

    /// <summary>Longest wait for the answer. Default 20 s; 1 s to 5 min.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Lets the gateway lie in the server's own network, and without HTTPS. Default false.</summary>
    public bool AllowOwnNetwork { get; set; }
}

/// <summary>Where group robots live.</summary>
public sealed class RobotOptions
{
    /// <summary>The one host that robots may have, with its port where that is not the usual one. Default <c>oapi.dingtalk.com</c>.</summary>
    public string Host { get; set; } = "oapi.dingtalk.com";

    /// <summary>Longest wait for the answer. Default 20 s; 1 s to 5 min.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Lets the host lie in the server's own network, and without HTTPS. Default false.</summary>
    public bool AllowOwnNetwork { get; set; }

    /// <summary>True when a robot lives there.</summary>
    public bool Admits(RobotAddress robot) => string.Equals(robot.Host, Host, StringComparison.OrdinalIgnoreCase) && (robot.Webhook.Scheme == "https" || AllowOwnNetwork);
}
