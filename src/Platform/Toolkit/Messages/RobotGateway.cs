using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Toolkit.Http;
using Microsoft.Extensions.Options;

namespace Anlan.Toolkit.Messages;

/// <summary>Messages into a group, by the signed webhook of its DingTalk robot.</summary>
internal sealed class RobotGateway : IMessageGateway, IDisposable
{
    private const int MostRead = 65_536;
    private readonly RobotOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;

    public RobotGateway(IOptions<MessagesOptions> options, TimeProvider clock)
    {
        (_options, _clock) = (options.Value.Robot, clock);
        // No redirects, which could lead inside, and no proxy, behind which addresses cannot be judged.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        if (!_options.AllowOwnNetwork) handler.ConnectCallback = OwnNetwork.ConnectAsync;
        _client = new HttpClient(handler) { Timeout = _options.Timeout, MaxResponseContentBufferSize = MostRead };
    }

    public MessageChannel Channel => MessageChannel.Robot;

    public string? Place => _options.Host;

    public void Dispose() => _client.Dispose();

    public async Task<MessageGatewayAnswer> SendAsync(PlainMessage message, CancellationToken stop)
    {
        if (RobotAddress.Read(message.Address) is not { } robot || !_options.Admits(robot)) return MessageGatewayAnswer.Of(AttemptResult.Refused, "the robot's host is not the one in the settings", message);
        MessageGatewayAnswer Answer(AttemptResult result, string said) => MessageGatewayAnswer.Of(result, said, message, robot.Secret, robot.Token);
        try
        {
            using var answer = await _client.PostAsJsonAsync(robot.SignedAt(_clock.GetUtcNow()), new { msgtype = "text", text = new { content = message.Text } }, stop);
            var body = await answer.Content.ReadAsStringAsync(stop);
            return Answer(Judge(answer.StatusCode, body), $"{(int)answer.StatusCode} {body}");
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            return Answer(AttemptResult.Unreachable, failed is OperationCanceledException ? $"no answer within {_options.Timeout.TotalSeconds:0} s" : (failed.InnerException ?? failed).Message);
        }
    }

    // The status is 200 also for what was refused: the code in the body says which. What is wrong with one robot (token, signature, its rate) holds no other up.
    private static AttemptResult Judge(HttpStatusCode status, string body)
    {
        if ((int)status is < 200 or > 299) return (int)status >= 500 ? AttemptResult.Unreachable : AttemptResult.Refused;
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("errcode", out var code) && code.ValueKind == JsonValueKind.Number && code.GetInt64() == 0 ? AttemptResult.Accepted : AttemptResult.Refused;
        }
        catch (JsonException)
        {
            return AttemptResult.Refused;
        }
    }
}
