using System.Collections.Concurrent;

namespace Anlan.Cameras.Worker.Ingest;

/// <summary>
/// One picture of a camera: 1024 x 576 in YUV 4:2:0, as video holds it. Its two planes of colour are half as wide and high, which is just the size that the default model takes. Whoever has it
/// gives it back with <see cref="Dispose"/>.
/// </summary>
internal sealed class Picture : IDisposable
{
    public const int Width = 1024;
    public const int Height = 576;
    public const int HalfWidth = Width / 2;
    public const int HalfHeight = Height / 2;
    public const int Bytes = Width * Height * 3 / 2;

    private readonly PicturePool? _pool;
    private int _given;

    private Picture(byte[] content, PicturePool? pool)
    {
        Content = content;
        _pool = pool;
    }

    /// <summary>All planes one after the other, row by row.</summary>
    public byte[] Content { get; }

    /// <summary>Brightness, 16 (black) to 235 (white).</summary>
    public ReadOnlySpan<byte> Luma => Content.AsSpan(0, Width * Height);

    /// <summary>Blue against brightness, 128 = grey; half as wide and high.</summary>
    public ReadOnlySpan<byte> Blue => Content.AsSpan(Width * Height, HalfWidth * HalfHeight);

    /// <summary>Red against brightness.</summary>
    public ReadOnlySpan<byte> Red => Content.AsSpan((Width * Height) + (HalfWidth * HalfHeight), HalfWidth * HalfHeight);

    /// <summary>When it was read: cameras' own clocks are not to be trusted.</summary>
    public DateTimeOffset TakenAt { get; set; }

    /// <summary>One of its own, which no pool gets back.</summary>
    public static Picture Blank() => new(new byte[Bytes], pool: null);

    public void Dispose()
    {
        if (_pool is not null && Interlocked.Exchange(ref _given, 1) == 0) _pool.Take(Content);
    }

    /// <summary>Lends room for pictures, so that five pictures a second of each camera are not five megabytes of rubbish.</summary>
    internal sealed class PicturePool(int most = PicturePool.Most)
    {
        private const int Most = 32;
        private readonly ConcurrentBag<byte[]> _free = [];

        /// <summary>A picture with anything in it.</summary>
        public Picture Lend() => new(_free.TryTake(out var content) ? content : GC.AllocateUninitializedArray<byte>(Bytes), this);

        internal void Take(byte[] content)
        {
            if (_free.Count < most) _free.Add(content);
        }
    }
}
