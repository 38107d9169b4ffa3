using System.Formats.Cbor;

namespace Anlan.Toolkit.Log;

/// <summary>A command and the entry that posted it.</summary>
/// <param name="Seq">Position of the entry.</param>
/// <param name="Command">The command.</param>
internal sealed record Posted(long Seq, Downlink Command);

/// <summary>
/// What one commit did to holds and undelivered commands, written as one row beside its entries. Ten small rows a session would come and go
/// in their tables otherwise; this is appended, and most of it is past before the tables need to know.
/// </summary>
internal sealed class LogChanges
{
    private readonly CborWriter _writer = new(CborConformanceMode.Strict, allowMultipleRootLevelValues: true, initialCapacity: 64 * 1024);

    private enum Step
    {
        Hold = 1,
        Release = 2,
        Post = 3,
        Settle = 4,
    }

    /// <summary>Receives changes in the order in which they were made.</summary>
    public interface ISink
    {
        /// <summary>A hold was claimed or its value replaced.</summary>
        void Hold(Hold hold);

        /// <summary>A hold was given back.</summary>
        void Release(string key);

        /// <summary>A command waits for its device from now on.</summary>
        void Post(Posted posted);

        /// <summary>A command needs no delivery any more.</summary>
        void Settle(Guid command);
    }

    /// <summary>True when nothing was added since the last <see cref="Take"/>.</summary>
    public bool IsEmpty => _writer.BytesWritten == 0;

    /// <summary>The changes of a draft, in the order in which they count.</summary>
    /// <param name="seq">Position of its entry.</param>
    /// <param name="draft">The draft.</param>
    /// <param name="sink">Who wants to know.</param>
    public static void Visit(long seq, LogDraft draft, ISink sink)
    {
        foreach (var (key, _) in draft.Releases) sink.Release(key);
        foreach (var update in draft.Updates) sink.Hold(update);
        foreach (var claim in draft.Claims) sink.Hold(claim);
        if (draft.Settle is { } settled) sink.Settle(settled);
        if (draft.Post is { } post) sink.Post(new Posted(seq, post));
    }

    /// <summary>Adds the changes of a draft that is being written.</summary>
    public void Add(long seq, LogDraft draft) => Visit(seq, draft, new Encoder(_writer));

    /// <summary>The bytes of all that was added; begins anew.</summary>
    public byte[] Take()
    {
        var body = _writer.Encode();
        _writer.Reset();
        return body;
    }

    /// <summary>Forgets what was added.</summary>
    public void Clear() => _writer.Reset();

    /// <summary>Reads a row back.</summary>
    /// <exception cref="FormatException">The bytes are no changes.</exception>
    public static void Read(byte[] body, ISink sink)
    {
        try
        {
            var reader = new CborReader(body, CborConformanceMode.Strict, allowMultipleRootLevelValues: true);
            while (reader.PeekState() != CborReaderState.Finished)
            {
                reader.ReadStartArray();
                Read(reader, sink);
                reader.ReadEndArray();
            }
        }
        catch (Exception broken) when (broken is CborContentException or InvalidOperationException)
        {
            throw new FormatException("A row of the log's changes cannot be read.", broken);
        }
    }

    private static void Read(CborReader reader, ISink sink)
    {
        switch ((Step)reader.ReadInt32())
        {
            case Step.Hold:
                sink.Hold(new Hold(reader.ReadTextString(), new Guid(reader.ReadByteString()), reader.ReadByteString()));
                break;
            case Step.Release:
                sink.Release(reader.ReadTextString());
                break;
            case Step.Post:
                var seq = reader.ReadInt64();
                var (id, device, channel, payload) = (new Guid(reader.ReadByteString()), reader.ReadTextString(), reader.ReadTextString(), reader.ReadByteString());
                var expires = reader.ReadInt64();
                sink.Post(new Posted(seq, new Downlink(id, device, channel, payload, expires == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(expires))));
                break;
            case Step.Settle:
                sink.Settle(new Guid(reader.ReadByteString()));
                break;
            case var unknown:
                throw new FormatException($"A row of the log's changes has a step {unknown} of a newer version.");
        }
    }

    private sealed class Encoder(CborWriter writer) : ISink
    {
        public void Hold(Hold hold)
        {
            Begin(Step.Hold, 4);
            writer.WriteTextString(hold.Key);
            Write(hold.Owner);
            writer.WriteByteString(hold.Value);
            writer.WriteEndArray();
        }

        public void Release(string key)
        {
            Begin(Step.Release, 2);
            writer.WriteTextString(key);
            writer.WriteEndArray();
        }

        public void Post(Posted posted)
        {
            var command = posted.Command;
            Begin(Step.Post, 7);
            writer.WriteInt64(posted.Seq);
            Write(command.Id);
            writer.WriteTextString(command.Device);
            writer.WriteTextString(command.Channel);
            writer.WriteByteString(command.Payload);
            writer.WriteInt64(command.ExpiresAt?.ToUnixTimeMilliseconds() ?? 0);
            writer.WriteEndArray();
        }

        public void Settle(Guid command)
        {
            Begin(Step.Settle, 2);
            Write(command);
            writer.WriteEndArray();
        }

        private void Begin(Step step, int length)
        {
            writer.WriteStartArray(length);
            writer.WriteInt32((int)step);
        }

        private void Write(Guid id)
        {
            Span<byte> bytes = stackalloc byte[16];
            id.TryWriteBytes(bytes);
            writer.WriteByteString(bytes);
        }
    }
}
