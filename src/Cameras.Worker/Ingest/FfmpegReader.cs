using System.Diagnostics;
using Anlan.Cameras.Sight.Wire;

namespace Anlan.Cameras.Worker.Ingest;

/// <summary>
/// Reads a camera with one ffmpeg and watches over it: when no whole picture comes for a while it is ended and begun anew, because a camera that froze leaves it waiting beyond its own time limit.
/// </summary>
internal sealed class FfmpegReader(string address, AddressReach reach, ReaderOptions options, Picture.PicturePool pool, string? segments, TimeProvider clock) : IPictureSource
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan WithoutPieces = TimeSpan.FromMinutes(10);
    private const int MostFailedPieces = 2;
    private readonly RestartPlan _plan = new(options, new Random(StringComparer.Ordinal.GetHashCode(address)), clock);
    private volatile string? _fault = "nothing was read yet";
    private long _lastPicture;
    private DateTimeOffset _withoutPiecesUntil;
    private int _failedPieces;

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

        var pieces = segments is null || clock.GetUtcNow() < _withoutPiecesUntil ? null : NamePieces(segments);
        var command = FfmpegCommand.For(camera, machine, options, pieces);
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

        if (pieces is not null && hung is null && !stop.IsCancellationRequested) Judge(child.Said);
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

    // One ffmpeg does both: video that cannot be written, because the disk is full, must not blind the camera.
    private void Judge(string said)
    {
        var isForPieces = said.Contains("[segment", StringComparison.Ordinal) || said.Contains("[matroska", StringComparison.Ordinal) || said.Contains("write header", StringComparison.Ordinal) || said.Contains("No space left", StringComparison.Ordinal);
        _failedPieces = isForPieces ? _failedPieces + 1 : 0;
        if (_failedPieces < MostFailedPieces) return;
        (_failedPieces, _withoutPiecesUntil) = (0, clock.GetUtcNow() + WithoutPieces);
    }

    // Names sort by time, also over several runs. Null where no folder can be made: then there are no clips.
    private string? NamePieces(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return Path.Combine(folder, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{clock.GetUtcNow().ToUnixTimeMilliseconds():D14}-%06d.mkv"));
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
