using System.Buffers.Text;
using System.Text;

namespace Anlan.Benchmarks.Wire;

/// <summary>The least of HTTP/1.1 that a load needs: one request under way at a time on a connection that is kept.</summary>
internal abstract class HttpConnection : Connection
{
    /// <summary>Builds the bytes of a POST with a JSON body once, so that sending costs a copy.</summary>
    public static byte[] Post(string path, string cookie, string json) =>
        Encoding.UTF8.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nCookie: {cookie}\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    /// <summary>Sends a request.</summary>
    public void Ask(ReadOnlySpan<byte> request) => request.CopyTo(Write(request.Length));

    /// <summary>Called for each answer.</summary>
    protected abstract void Answered(int status, ReadOnlySpan<byte> body);

    /// <inheritdoc />
    protected override int Take(ReadOnlySpan<byte> input)
    {
        var end = input.IndexOf("\r\n\r\n"u8);
        if (end < 0) return 0;
        var head = input[..end];
        var rest = input[(end + 4)..];
        _ = Utf8Parser.TryParse(head[9..], out int status, out _);
        if (Header(head, "Content-Length:"u8) is { IsEmpty: false } length)
        {
            _ = Utf8Parser.TryParse(length, out int count, out _);
            if (rest.Length < count) return 0;
            Answered(status, rest[..count]);
            return end + 4 + count;
        }

        if (Header(head, "Transfer-Encoding:"u8).IsEmpty)
        {
            Answered(status, []);
            return end + 4;
        }

        return Chunks(status, rest) is > 0 and var taken ? end + 4 + taken : 0;
    }

    // Our answers are small: one chunk, then the empty one. More chunks than one are joined.
    private int Chunks(int status, ReadOnlySpan<byte> input)
    {
        var used = 0;
        ReadOnlySpan<byte> body = [];
        byte[]? joined = null;
        while (true)
        {
            var line = input[used..].IndexOf("\r\n"u8);
            if (line < 0) return 0;
            _ = Utf8Parser.TryParse(input[used..], out int size, out _, 'x');
            var from = used + line + 2;
            if (input.Length < from + size + 2) return 0;
            used = from + size + 2;
            if (size == 0) break;
            if (body.IsEmpty) body = input.Slice(from, size);
            else body = joined = [.. joined ?? body, .. input.Slice(from, size)];
        }

        Answered(status, body);
        return used;
    }

    private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        var at = head.IndexOf(name);
        if (at < 0) return [];
        var value = head[(at + name.Length)..];
        var end = value.IndexOf((byte)'\r');
        return (end < 0 ? value : value[..end]).TrimStart((byte)' ');
    }
}
