using System.Globalization;
using Anlan.Cameras.Sight.Wire;

namespace Anlan.Cameras.Worker.Ingest;

/// <summary>How ffmpeg is called for a camera.</summary>
/// <param name="Arguments">What everybody on the machine can read in the list of processes: no address.</param>
/// <param name="Script">What it reads from its input; null = nothing.</param>
internal sealed record FfmpegCommand(IReadOnlyList<string> Arguments, string? Script)
{
    /// <summary>Writes the call.</summary>
    /// <param name="address">The camera.</param>
    /// <param name="machine">The number to connect to; null = as the address says.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="segments">Names of the pieces that are kept for clips, such as <c>folder/0012-%06d.mkv</c>; null = none.</param>
    /// <remarks>
    /// ffmpeg takes user and password only within the address, and the address only as an argument, which every user of the machine can read. The one way around is a script of the kind "concat",
    /// read from its input, that names a single file: the address.
    /// </remarks>
    public static FfmpegCommand For(CameraAddress address, string? machine, ReaderOptions options, string? segments)
    {
        List<string> arguments = ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "error", "-threads", "1"];
        if (IsPaced(address) && (!address.IsFile || options.FilesAsCameras)) arguments.Add("-re");
        if (address.IsFile)
        {
            if (options.FilesAsCameras) arguments.AddRange(["-stream_loop", "-1"]);
            arguments.AddRange(["-protocol_whitelist", "file", "-i", "file:" + address.Path]);
        }
        else
        {
            arguments.AddRange(["-protocol_whitelist", Protocols(address), "-fflags", "+genpts", "-f", "concat", "-safe", "0", "-i", "pipe:0"]);
        }

        arguments.AddRange(["-map", "0:v:0", "-an", "-sn", "-dn", "-vf", Filter(options.Rate), "-fps_mode", "passthrough", "-pix_fmt", "yuv420p", "-f", "rawvideo", "pipe:1"]);
        if (segments is not null && options.SegmentSeconds is { } seconds)
        {
            // Matroska, because it takes every codec a camera may have; a picture-by-picture JPEG stream is nothing MPEG-TS can hold.
            arguments.AddRange(["-map", "0:v:0", "-an", "-sn", "-dn", "-c", "copy", "-f", "segment", "-segment_format", "matroska", "-segment_time", seconds.ToString(CultureInfo.InvariantCulture), "-reset_timestamps", "1", segments]);
        }

        return new FfmpegCommand(arguments, address.IsFile ? null : ScriptFor(address, machine));
    }

    // Pictures are left out, never doubled: with "fps" a slow camera would seem frozen, and each picture would wait for the one after it.
    private static string Filter(double rate)
    {
        var least = ((1 / rate) - 0.01).ToString("0.###", CultureInfo.InvariantCulture);
        return $@"select=isnan(prev_selected_t)+lt(t\,prev_selected_t)+gte(t-prev_selected_t\,{least}),scale={Picture.Width}:{Picture.Height}:flags=bilinear:out_range=tv";
    }

    private static string ScriptFor(CameraAddress address, string? machine)
    {
        List<string> lines = ["ffconcat version 1.0", $"file '{address.Reveal(machine).Replace("'", @"'\''", StringComparison.Ordinal)}'"];
        if (address.IsRtsp) lines.AddRange(["option rtsp_transport tcp", "option allowed_media_types video", "option timeout 10000000"]);
        else lines.Add("option rw_timeout 10000000");
        // JPEG pictures one after the other bear no times.
        if (!address.IsRtsp && !IsPaced(address)) lines.Add("option use_wallclock_as_timestamps 1");
        return string.Join('\n', lines) + "\n";
    }

    // What comes in pieces comes faster than it was taken.
    private static bool IsPaced(CameraAddress address)
    {
        var path = address.Path.Split('?')[0];
        return address.IsFile || (!address.IsRtsp && (path.EndsWith(".m3u8", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".mkv", StringComparison.OrdinalIgnoreCase)));
    }

    // What is read may name other addresses in turn: none of another kind, above all no files.
    private static string Protocols(CameraAddress address) => address.Scheme switch
    {
        "rtsp" => "pipe,rtsp,rtp,tcp",
        "rtsps" => "pipe,rtsp,rtp,tcp,tls",
        _ => "pipe,http,https,tcp,tls,crypto",
    };
}
