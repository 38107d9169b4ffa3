using System.Diagnostics;
using Anlan.Cameras.Sight.Wire;

namespace Anlan.Cameras.Worker.Ingest;

/// <summary>
/// Reads a camera with one ffmpeg and watches over it: when no whole picture comes for a while it is ended and begun anew, because a camera that froze leaves it waiting beyond its own time limit.
/// </summary>
internal sealed class FfmpegReader(string address, AddressReach reach, ReaderOptions options, Picture.PicturePool pool, string? segments, TimeProvider clock) : IPictureSource
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private readonly RestartPlan _plan = new(options, new Random(StringComparer.Ordinal.GetHashCode(address)), clock);
    private volatile string? _fault = "nothing was read yet";
    private long _lastPicture;

    public int Restarts => _plan.Count;

    public string? Fault => _fault;

    public async Task RunAsync(Action<Picture> take, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var lasted = await ReadAsync(take, stop);
            if (!stop.IsCancellationRequested) await Task.Delay(_plan.Next(lasted), clock, stop);
        }
    }

    // Answers for how long pictures came.
    private async Task<TimeSpan> ReadAsync(Action<Picture> take, CancellationToken stop)
    {
        var least = reach < options.Reach ? reach : options.Reach;
        if (CameraAddress.Parse(address, least, out var wrong) is not { } camera)
        {
            _fault = AddressCheck.Say(wrong!.Value);
            return TimeSpan.Zero;
        }

        var (machine, refused) = await AddressCheck.LookAsync(camera, least, stop);
        if (refused is not null)
        {
            _fault = refused;
            return TimeSpan.Zero;
        }

        var command = FfmpegCommand.For(camera, machine, options, segments is null ? null : NamePieces(segments));
        var (began, first) = (Stopwatch.GetTimestamp(), 0L);
        Volatile.Write(ref _lastPicture, 0);
        using var child = FfmpegChild.Start(options.Program, command, stream => ReadPictures(stream, take, ref first));
        using var ending = stop.Register(child.Kill);
        string? hung = null;
        while (!child.Ended.IsCompleted)
        {
            await Task.WhenAny(child.Ended, Task.Delay(Look, CancellationToken.None));
            var last = Volatile.Read(ref _lastPicture);
            var (silent, most) = last == 0 ? (Stopwatch.GetElapsedTime(began), options.FirstPictureWithin) : (Stopwatch.GetElapsedTime(last), options.PictureWithin);
            if (hung is not null || silent <= most) continue;
            hung = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"no picture for {most.TotalSeconds:0} s");
            child.Kill();
        }

        _fault = hung ?? Scrubber.Clean(child.Said, camera) ?? "the camera ended the stream";
        return first == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(first, Math.Max(first, Volatile.Read(ref _lastPicture)));
    }

    private void ReadPictures(Stream stream, Action<Picture> take, ref long first)
    {
        while (true)
        {
            var picture = pool.Lend();
            if (stream.ReadAtLeast(picture.Content, Picture.Bytes, throwOnEndOfStream: false) < Picture.Bytes)
            {
                picture.Dispose();
                return;
            }

            picture.TakenAt = clock.GetUtcNow();
            Volatile.Write(ref _lastPicture, Stopwatch.GetTimestamp());
            if (first == 0) first = _lastPicture;
            _fault = null;
            take(picture);
        }
    }

    // Names sort by time, also over several runs.
    private string NamePieces(string folder)
    {
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{clock.GetUtcNow().ToUnixTimeMilliseconds():D14}-%06d.mkv"));
    }
}
