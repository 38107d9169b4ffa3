using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Anlan.Benchmarks;
using Anlan.EndToEnd.Running;

namespace Anlan.EndToEnd.Messages;

/// <summary>The server dies between a gateway's taking of a message and the note of it: the message goes out again, and the gateway can tell that it is the same.</summary>
public sealed class MessageKillTests
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task A_message_that_was_handed_over_when_the_server_died_goes_out_again_under_its_id_and_is_then_noted_as_sent()
    {
        await using var gateway = new SilentGateway();
        await using var server = await RunningServer.StartAsync(
            demo: true, null, $"--Anlan:Messages:Text:Address=http://127.0.0.1:{gateway.Port}/send", "--Anlan:Messages:Text:AllowOwnNetwork=true", "--Anlan:Messages:Text:Body={phone} {text} {id}",
            "--Anlan:Messages:Text:ContentType=text/plain", "--Anlan:Messages:Text:Headers:X-Once={id}");
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(server.Url, "/api/v1/") };
        var token = (await server.SetUpLinkAsync()).Trim().Split('/')[^1];
        (await http.PostAsJsonAsync("set-up", new { token, userName = "chief", password = Password, displayName = "Chief" })).EnsureSuccessStatusCode();
        (await http.PostAsJsonAsync("sign-in", new { userName = "chief", password = Password })).EnsureSuccessStatusCode();
        // Whoever admits people does not run the installation.
        var invited = await (await http.PostAsJsonAsync("invitations", new { role = "system-administrator", displayName = "Runner" })).Content.ReadFromJsonAsync<JsonElement>();
        (await http.PostAsJsonAsync("claims", new { invitation = invited.GetProperty("id").GetGuid(), code = invited.GetProperty("code").GetString(), userName = "runner", password = Password })).EnsureSuccessStatusCode();
        (await http.PostAsJsonAsync("sign-in", new { userName = "runner", password = Password })).EnsureSuccessStatusCode();
        (await http.PostAsJsonAsync("messages/test", new { channel = "text", address = "13812345678" })).EnsureSuccessStatusCode();
        await Waiting.UntilAsync(() => gateway.Ids.Count == 1, TimeSpan.FromSeconds(30), "the gateway has the message");

        await server.KillAsync();
        gateway.Answers = true;
        await server.StartAgainAsync();

        // An attempt that began is not repeated within a minute.
        await Waiting.UntilAsync(async () => await StateAsync(http) == "sent", TimeSpan.FromMinutes(3), "the message is sent");
        Assert.Equal(2, gateway.Ids.Count);
        Assert.Single(gateway.Ids.Distinct());
        var attempts = (await http.GetFromJsonAsync<JsonElement>("messages/attempts")).GetProperty("items").EnumerateArray().Select(attempt => attempt.GetProperty("result").GetString());
        Assert.Equal(["accepted", "begun"], attempts);
    }

    private static async Task<string?> StateAsync(HttpClient http) =>
        (await http.GetFromJsonAsync<JsonElement>("messages")).GetProperty("items").EnumerateArray().Single().GetProperty("state").GetString();

    // Takes requests and says nothing until it is told to answer.
    private sealed class SilentGateway : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;

        public SilentGateway()
        {
            _listener.Start();
            _running = RunAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public bool Answers { get; set; }

        public ConcurrentQueue<string> Ids { get; } = new();

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _listener.Stop();
            await _running;
            _stop.Dispose();
        }

        private async Task RunAsync()
        {
            try
            {
                while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
            catch (Exception over) when (over is OperationCanceledException or SocketException)
            {
                // The test is over.
            }
        }

        private async Task ServeAsync(TcpClient client)
        {
            using (client)
            {
                using var reader = new StreamReader(client.GetStream(), Encoding.ASCII, leaveOpen: true);
                while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
                {
                    if (line.StartsWith("X-Once: ", StringComparison.OrdinalIgnoreCase)) Ids.Enqueue(line[8..]);
                }

                if (!Answers) await Task.Delay(Timeout.Infinite, _stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
                else await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"u8.ToArray(), _stop.Token);
            }
        }
    }
}
