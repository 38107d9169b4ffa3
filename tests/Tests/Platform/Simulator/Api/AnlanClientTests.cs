using System.Net;
using System.Text.Json.Nodes;
using Anlan.Simulator.Api;

namespace Anlan.Tests.Platform.Simulator.Api;

public sealed class AnlanClientTests : IAsyncLifetime
{
    private PretendApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await PretendApi.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_client_signs_in_once_and_keeps_its_cookie()
    {
        using var client = new AnlanClient(_api.Address + "/", "somebody", "password");

        await client.PostAsync("one", null, default);
        await client.GetAsync("two", default);

        Assert.Equal([("POST sign-in", null), ("POST one", "somebody"), ("GET two", "somebody")], _api.Requests.Select(request => (request.What, request.User)));
    }

    [Fact]
    public async Task A_client_that_the_server_forgot_signs_in_again()
    {
        var forgotten = true;
        _api.Answers["POST one"] = (_, _) =>
        {
            var answer = forgotten ? PretendApi.Refusal(401, "SignInNeeded") : (200, new JsonObject { ["ok"] = true });
            forgotten = false;
            return answer;
        };
        using var client = new AnlanClient(_api.Address, "somebody", "password");

        Assert.True((bool)(await client.PostAsync("one", null, default))!["ok"]!);

        Assert.Equal(2, _api.Bodies("POST sign-in").Count());
    }

    [Fact]
    public async Task Refusals_carry_their_codes_and_failures_of_the_server_are_no_refusals()
    {
        _api.Answers["POST refused"] = (_, _) => PretendApi.Refusal(409, "CertificateExpired");
        _api.Answers["POST broken"] = (_, _) => (503, null);
        using var client = new AnlanClient(_api.Address);

        var refused = await Assert.ThrowsAsync<ApiRefusedException>(() => client.PostAsync("refused", null, default));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync("broken", null, default));

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal(["CertificateExpired"], refused.Codes);
    }
}
