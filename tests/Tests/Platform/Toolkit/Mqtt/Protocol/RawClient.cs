using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Anlan.Tests.Platform.Toolkit.Mqtt.Protocol;

/// <summary>A client that says packets byte by byte and compares the answers byte by byte.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _tcp = new();

    private RawClient()
    {
    }

    public static async Task<RawClient> OpenAsync(int port)
    {
        var client = new RawClient();
        await client._tcp.ConnectAsync(IPAddress.Loopback, port);
        return client;
    }

    /// <summary>Connects; session expiry only with version 5.</summary>
    public static async Task<RawClient> ConnectAsync(int port, string id, byte version = 5, bool clean = true, byte[]? properties = null, bool present = false, ushort keepAlive = 0)
    {
        var client = await OpenAsync(port);
        await client.SayAsync(Connect(id, version, clean, properties, keepAlive));
        await client.HearAsync(Accepted(version, present));
        return client;
    }

    public static byte[] Connect(string id, byte version = 5, bool clean = true, byte[]? properties = null, ushort keepAlive = 0) =>
        Packet(0x10, "MQTT", version, (byte)(clean ? 2 : 0), keepAlive, version == 5 ? Properties(properties ?? []) : [], id);

    public static byte[] Accepted(byte version, bool present = false) =>
        version == 5 ? [0x20, 9, (byte)(present ? 1 : 0), 0, 6, 0x22, 0, 10, 0x21, 0, 20] : [0x20, 2, (byte)(present ? 1 : 0), 0];

    /// <summary>A packet of numbers, texts with their length and bytes as they are.</summary>
    public static byte[] Packet(byte first, params object[] parts)
    {
        var body = new List<byte>();
        foreach (var part in parts)
        {
            switch (part)
            {
                case byte number: body.Add(number); break;
                case int number: body.Add((byte)number); break;
                case ushort number: body.AddRange(Two(number)); break;
                case string text: body.AddRange(Text(text)); break;
                case byte[] bytes: body.AddRange(bytes); break;
                default: throw new ArgumentException(part.GetType().Name, nameof(parts));
            }
        }

        return [first, .. Length(body.Count), .. body];
    }

    /// <summary>Properties with their length before them.</summary>
    public static byte[] Properties(params byte[][] properties)
    {
        byte[] all = [.. properties.SelectMany(one => one)];
        return [.. Length(all.Length), .. all];
    }

    public static byte[] Text(string text) => [.. Two((ushort)Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Length(int length) => length < 128 ? [(byte)length] : length < 16_384 ? [(byte)(length & 0x7F | 0x80), (byte)(length >> 7)] : [(byte)(length & 0x7F | 0x80), (byte)(length >> 7 & 0x7F | 0x80), (byte)(length >> 14)];

    public static byte[] Two(ushort number) => [(byte)(number >> 8), (byte)number];

    public static byte[] Four(byte property, uint number)
    {
        var bytes = new byte[5];
        bytes[0] = property;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(1), number);
        return bytes;
    }

    public static byte[] Publish5(string topic, string payload, int quality = 0, ushort id = 0, bool again = false, bool retained = false, byte[]? properties = null) =>
        Packet((byte)(0x30 | quality << 1 | (again ? 8 : 0) | (retained ? 1 : 0)), topic, quality > 0 ? Two(id) : [], Properties(properties ?? []), Encoding.UTF8.GetBytes(payload));

    public Task SayAsync(params byte[][] packets) => _tcp.GetStream().WriteAsync(packets.SelectMany(packet => packet).ToArray()).AsTask();

    /// <summary>What comes next is exactly this.</summary>
    public async Task HearAsync(params byte[][] packets)
    {
        byte[] expected = [.. packets.SelectMany(packet => packet)];
        var heard = new byte[expected.Length];
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var length = await _tcp.GetStream().ReadAtLeastAsync(heard, heard.Length, throwOnEndOfStream: false, deadline.Token);
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(heard.AsSpan(0, length)));
    }

    public async Task AskAsync(byte[] packet, byte[] answer)
    {
        await SayAsync(packet);
        await HearAsync(answer);
    }

    /// <summary>Nothing else was said to it so far: the answer to a ping comes next.</summary>
    public Task HearNothingAsync() => AskAsync([0xC0, 0], [0xD0, 0]);

    /// <summary>The broker hangs up.</summary>
    public async Task HearTheEndAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            Assert.Equal(0, await _tcp.GetStream().ReadAsync(new byte[64], deadline.Token));
        }
        catch (IOException)
        {
            // Hung up in the middle of what it was told.
        }
    }

    public Task SubscribeAsync(string filter, int options, byte[]? properties = null) =>
        AskAsync(Packet(0x82, (ushort)1, Properties(properties ?? []), filter, options), [0x90, 4, 0, 1, 0, (byte)(options & 3)]);

    public void Dispose() => _tcp.Dispose();
}
