using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Anlan.Tests.Platform.Toolkit.Messages;

/// <summary>A mail server on loopback that speaks as much SMTP as is needed, keeps the letters and answers as told.</summary>
internal sealed class PretendMailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private readonly X509Certificate2? _certificate;

    public PretendMailServer(bool isSecure = false)
    {
        _certificate = isSecure ? MakeCertificate() : null;
        _listener.Start();
        _running = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Letters as they came.</summary>
    public ConcurrentQueue<string> Letters { get; } = new();

    /// <summary>What it answers to a command instead of its own answer.</summary>
    public Func<string, string?> Answer { get; set; } = _ => null;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _stop.Dispose();
        _certificate?.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await ServeAsync(client);
            }
            catch (Exception ended) when (ended is IOException or OperationCanceledException or SocketException or System.Security.Authentication.AuthenticationException or ObjectDisposedException)
            {
                // The other side hung up, or the test is over.
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        Stream stream = client.GetStream();
        if (_certificate is not null)
        {
            var secured = new SslStream(stream);
            await secured.AuthenticateAsServerAsync(_certificate);
            stream = secured;
        }

        using var reader = new StreamReader(stream, Encoding.Latin1);
        await SayAsync(stream, Answer("") ?? "220 pretend");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            var command = line.Split(' ', ':')[0].ToUpperInvariant();
            await SayAsync(stream, Answer(line) ?? (command switch { "EHLO" => "250-pretend\r\n250 SMTPUTF8", "DATA" => "354 go on", "QUIT" => "221 bye", _ => "250 ok" }));
            if (command == "QUIT") return;
            if (command != "DATA") continue;
            var letter = new StringBuilder();
            while (await reader.ReadLineAsync(_stop.Token) is { } text && text != ".") letter.AppendLine(text);
            if (Answer("LETTER") is { } refusal)
            {
                await SayAsync(stream, refusal);
                continue;
            }

            Letters.Enqueue(letter.ToString());
            await SayAsync(stream, "250 queued as 4711");
        }
    }

    private static async Task SayAsync(Stream stream, string line) => await stream.WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n"));

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2060, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
