using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Anlan.Contracts.Accounts;
using Anlan.Tests.Boundaries;
using Anlan.Tests.Platform.Toolkit.Messages;
using Anlan.Toolkit.Messages;
using Microsoft.AspNetCore.Http;

namespace Anlan.Tests.Platform.Host.Messages;

public sealed partial class ListMessagesTests
{
    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Every_cause_of_a_message_has_a_name(string language)
    {
        var words = new System.Resources.ResourceManager("Anlan.Host.Words", typeof(Anlan.Host.HostApplication).Assembly);
        var causes = Repository.Files("src", ".cs").SelectMany(path => Cause().Matches(Repository.Read(path))).SelectMany(call => Quoted().Matches(call.Value)).Select(quoted => quoted.Groups["key"].Value).ToList();

        Assert.Contains("accounts.invited", causes);
        Assert.All(causes, cause => Assert.False(string.IsNullOrEmpty(words.GetString("Messages.Cause." + cause, System.Globalization.CultureInfo.GetCultureInfo(language))), cause));
    }

    [Fact]
    public async Task A_list_shows_addresses_masked_and_no_words_and_says_that_there_is_no_gateway()
    {
        await using var host = await MessagesHost.StartAsync();
        await host.AskAsync();
        await host.AskMailAsync();

        var text = await host.As(RoleNames.SystemAdministrator).GetStringAsync("messages");
        var listed = JsonSerializer.Deserialize<JsonElement>(text);

        Assert.Contains("138****5678", text, StringComparison.Ordinal);
        Assert.Contains("z***@example.cn", text, StringComparison.Ordinal);
        Assert.DoesNotContain(MessagesHost.Mobile, text, StringComparison.Ordinal);
        Assert.DoesNotContain(MessagesHost.Words, text, StringComparison.Ordinal);
        Assert.Equal(2, listed.GetProperty("counts").GetProperty("noGateway").GetInt32());
        // Robots bring their address along: of them only the host is in the settings.
        Assert.All(listed.GetProperty("gateways").EnumerateArray().Where(gateway => gateway.GetProperty("channel").GetString() != "robot"), gateway => Assert.Equal(JsonValueKind.Null, gateway.GetProperty("place").ValueKind));
    }

    [Fact]
    public async Task A_whole_number_finds_its_messages_however_it_is_written_and_a_part_does_not()
    {
        await using var host = await MessagesHost.StartAsync();
        await host.AskAsync();
        await host.AskAsync(mobile: "13900000000");

        Assert.Equal(1, await TotalAsync(host, "search=13812345678"));
        Assert.Equal(1, await TotalAsync(host, "search=%2B86%20138-1234-5678"));
        Assert.Equal(0, await TotalAsync(host, "search=5678"));
        Assert.Equal(2, await TotalAsync(host, "search=messages.test"));
    }

    [Fact]
    public async Task In_full_it_is_shown_only_with_permission_and_reason_and_that_is_on_record()
    {
        await using var host = await MessagesHost.StartAsync();
        await host.AskAsync();
        var id = (await host.OnlyAsync()).Id;
        var chief = host.As(RoleNames.SystemAdministrator);

        Assert.Equal(HttpStatusCode.Forbidden, (await host.As(RoleNames.CityBureau).PostAsJsonAsync($"messages/{id}/reveal", new { reason = "asked" })).StatusCode);
        Assert.Equal(["reason:ReasonMissing"], await ModuleHost.RefusalsAsync(await chief.PostAsJsonAsync($"messages/{id}/reveal", new { reason = " " })));
        var full = await ModuleHost.JsonAsync(await chief.PostAsJsonAsync($"messages/{id}/reveal", new { reason = "the welder asked what we wrote" }));

        Assert.Equal((MessagesHost.Mobile, MessagesHost.Words), (full.GetProperty("address").GetString(), full.GetProperty("text").GetString()));
        Assert.Contains(await host.AuditAsync(), audit => audit.Action == "messages.revealed" && audit.Subject == $"message/{id}");
    }

    [Fact]
    public async Task What_was_put_aside_is_sent_again_by_a_person_and_what_was_sent_is_not()
    {
        await using var gateway = await PretendGateway.StartAsync();
        gateway.Answer = http => http.Response.WriteAsync("no");
        await using var host = await MessagesHost.StartAsync([.. MessagesHost.TextTo(gateway.Address), new("Anlan:Messages:MostRefusals", "1")]);
        var chief = host.As(RoleNames.SystemAdministrator);
        await host.AskAsync();
        await host.SendDueAsync();
        Assert.Equal(1, await TotalAsync(host, "state=dead"));

        gateway.Answer = http => http.Response.WriteAsync("""{"code":0}""");
        Assert.Equal(1, (await ModuleHost.JsonAsync(await chief.PostAsync("messages/resend", null))).GetProperty("count").GetInt32());
        await host.SendDueAsync();

        var message = await host.OnlyAsync();
        Assert.Equal(MessageState.Sent, message.State);
        Assert.Equal(["MessageSentAlready"], await ModuleHost.RefusalsAsync(await chief.PostAsync($"messages/{message.Id}/resend", null)));
        Assert.Equal(["MessageSentAlready"], await ModuleHost.RefusalsAsync(await chief.PostAsJsonAsync($"messages/{message.Id}/cancel", new { reason = "late" })));
    }

    [Fact]
    public async Task What_was_called_off_is_not_sent()
    {
        await using var gateway = await PretendGateway.StartAsync();
        await using var host = await MessagesHost.StartAsync(MessagesHost.TextTo(gateway.Address));
        await host.AskAsync();
        var id = (await host.OnlyAsync()).Id;

        (await host.As(RoleNames.SystemAdministrator).PostAsJsonAsync($"messages/{id}/cancel", new { reason = "wrong person" })).EnsureSuccessStatusCode();
        await host.SendDueAsync();

        Assert.Equal(MessageState.Cancelled, (await host.OnlyAsync()).State);
        Assert.Empty(gateway.Requests);
    }

    [Fact]
    public async Task A_test_goes_to_a_real_address_only_and_not_without_end()
    {
        await using var host = await MessagesHost.StartAsync();
        var chief = host.As(RoleNames.SystemAdministrator);

        Assert.Equal(["address:MobileFormat"], await ModuleHost.RefusalsAsync(await chief.PostAsJsonAsync("messages/test", new { channel = "text", address = "057212345" })));
        Assert.Equal(["address:MailFormat"], await ModuleHost.RefusalsAsync(await chief.PostAsJsonAsync("messages/test", new { channel = "mail", address = "a@b.cn,c@d.cn" })));
        (await chief.PostAsJsonAsync("messages/test", new { channel = "mail", address = "a@b.cn" })).EnsureSuccessStatusCode();
        Assert.Equal(1, await TotalAsync(host, "search=a@b.cn"));
    }

    [Fact]
    public async Task The_file_has_masked_addresses_and_taking_it_is_on_record()
    {
        await using var host = await MessagesHost.StartAsync();
        await host.AskAsync();

        var file = await host.As(RoleNames.SystemAdministrator).GetStringAsync("messages/export");

        Assert.Contains("138****5678", file, StringComparison.Ordinal);
        Assert.DoesNotContain(MessagesHost.Mobile, file, StringComparison.Ordinal);
        Assert.Contains(await host.AuditAsync(), audit => audit.Action == "messages.exported");
    }

    [GeneratedRegex(@"new MessageCause\([^,]+,|Cause = ""[^""]+""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Cause();

    [GeneratedRegex(@"""(?<key>[\w.]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Quoted();

    private static async Task<int> TotalAsync(ModuleHost host, string query) => (await host.As(RoleNames.SystemAdministrator).GetFromJsonAsync<JsonElement>($"messages?{query}")).GetProperty("total").GetInt32();
}
