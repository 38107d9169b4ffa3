using System.Text;
using Anlan.Benchmarks.Wire;

namespace Anlan.Benchmarks.Soak;

/// <summary>Somebody at the chips' door who is none: speaks no MQTT, announces a packet that is too long, or comes with a wrong secret. Whatever the server says is nothing to them.</summary>
internal sealed class Stranger(int number) : Connection
{
    private static readonly byte[] NoMqtt = "GET / HTTP/1.1\r\nHost: chips\r\n\r\n"u8.ToArray();
    private static readonly byte[] Oversized = [0x10, 0xFF, 0xFF, 0xFF, 0x7F];

    protected override void Opened()
    {
        var words = (number % 3) switch
        {
            0 => NoMqtt,
            1 => Oversized,
            _ => WrongSecret($"STRANGER{number:D7}"),
        };
        words.CopyTo(Write(words.Length));
    }

    protected override int Take(ReadOnlySpan<byte> input) => input.Length;

    private static byte[] WrongSecret(string name)
    {
        byte[] text = [0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name)];
        byte[] rest = [0, 4, .. "MQTT"u8, 4, 0xC2, 0, 60, .. text, .. text, .. text];
        return [0x10, (byte)rest.Length, .. rest];
    }
}
