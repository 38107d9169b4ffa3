using System.Net;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Messages;

namespace Anlan.Tests.Platform.Toolkit.Messages;

public sealed class TextGatewayTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("100.64.0.1", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("172.31.0.1", true)]
    [InlineData("192.168.1.1", true)]
    [InlineData("::1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("64:ff9b::a00:1", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("8.8.8.8", false)]
    [InlineData("240e::1", false)]
    public void The_own_network_is_known_in_every_spelling(string address, bool isOwn) => Assert.Equal(isOwn, OwnNetwork.Holds(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://127.0.0.1:{0}/send")]
    [InlineData("https://localhost:{0}/send")]
    [InlineData("https://[::1]:{0}/send")]
    public async Task A_gateway_in_the_own_network_is_not_even_connected_to(string address)
    {
        await using var inside = await PretendGateway.StartAsync();
        var port = new Uri(inside.Address).Port;
        await using var host = await MessagesHost.StartAsync(
            new("Anlan:Messages:Text:Address", string.Format(System.Globalization.CultureInfo.InvariantCulture, address, port)), new("Anlan:Messages:Text:Body", "{phone} {text}"), new("Anlan:Messages:Text:ContentType", "text/plain"));
        await host.AskAsync();
        await host.SendDueAsync();

        var attempt = Assert.Single(await host.AttemptsAsync());
        Assert.Equal(AttemptResult.Unreachable, attempt.Result);
        Assert.Contains("AllowOwnNetwork", attempt.Said!, StringComparison.Ordinal);
        Assert.Empty(inside.Requests);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "to={phone}&say={text}", "to=13812345678&say=a%26b%3Dc%20%2B%7Bid%7D")]
    [InlineData("text/xml", "<s><t>{phone}</t><w>{text}</w></s>", "<s><t>13812345678</t><w>a&amp;b=c +{id}</w></s>")]
    [InlineData("application/json", """{"w":"{text}","t":"{phone}"}""", """{"w":"a&b=c +{id}","t":"13812345678"}""")]
    public async Task Words_are_written_as_the_body_demands_and_are_never_read_as_places(string contentType, string body, string expected)
    {
        await using var gateway = await PretendGateway.StartAsync();
        await using var host = await MessagesHost.StartAsync(
            new("Anlan:Messages:Text:Address", gateway.Address), new("Anlan:Messages:Text:AllowOwnNetwork", "true"), new("Anlan:Messages:Text:ContentType", contentType), new("Anlan:Messages:Text:Body", body));
        await host.AskAsync("a&b=c +{id}");
        await host.SendDueAsync();

        Assert.Equal(expected, Assert.Single(gateway.Requests).Body);
    }

    [Theory]
    [InlineData("http://sms.example.cn/send", "{phone}{text}", "", "https")]
    [InlineData("ftp://sms.example.cn/send", "{phone}{text}", "", "https")]
    [InlineData("https://{phone}.example.cn/", "{phone}{text}", "", "host")]
    [InlineData("https://sms.example.cn/send", "{phone}", "", "{text}")]
    [InlineData("https://sms.example.cn/send", "{phone}{text}", "((", "Accepted")]
    public void A_gateway_described_wrongly_keeps_the_doors_closed_and_names_the_setting(string address, string body, string accepted, string named)
    {
        var options = new MessagesOptions { Text = new TextOptions { Address = address, Body = body, Accepted = accepted, Headers = { ["Authorization"] = "Bearer very-secret-token" } } };

        var failure = new MessagesOptionsCheck().Validate(null, options);

        Assert.Contains(named, failure.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret-token", failure.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_is_never_sent_in_clear()
    {
        var options = new MessagesOptions { Mail = new MailOptions { Host = "smtp.example.cn", From = "anlan@example.cn", Security = MailSecurity.None, User = "anlan", Password = "very-secret" } };

        var failure = new MessagesOptionsCheck().Validate(null, options);

        Assert.Contains("Security", failure.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", failure.FailureMessage, StringComparison.Ordinal);
    }
}
