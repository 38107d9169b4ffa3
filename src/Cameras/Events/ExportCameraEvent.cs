using System.IO.Compression;
using System.Text;
using Anlan.Cameras.Registry;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Evidence;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Cameras.Events;

/// <summary>
/// The evidence of an event as one file that <c>./anlan verify</c> checks: the entries of the log with their proofs, and picture and clip with the top third of everybody blurred. Who took it is on record.
/// </summary>
internal sealed class ExportCameraEvent(CamerasDb db, FindCamera find, Attachments files, HotLog log, ProveEntry prove)
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/camera-events/{cameraEvent:guid}/evidence", async (Guid cameraEvent, ExportCameraEvent slice, CancellationToken stop) =>
            {
                var file = await slice.RunAsync(cameraEvent, stop);
                return file.IsDone ? Results.File(file.Value, "application/zip", $"anlan-camera-{cameraEvent:N}.zip") : OutcomeResults.ToProblem(file.Refusals);
            })
            .RequirePermission(CamerasPermissions.View).Produces(StatusCodes.Status200OK, contentType: "application/zip").ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Records).WithTags("Camera events")
            .WithSummary("Export an event with its proof, and with picture and clip in which people's upper parts are blurred");

    /// <summary>Refused with <c>EventUnknown</c>, <c>EvidenceMissing</c>, and what the file store refuses.</summary>
    public async Task<Outcome<byte[]>> RunAsync(Guid id, CancellationToken stop)
    {
        if (await db.Events.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, stop) is not { } seen || find.Facts(seen.Camera.Value) is not { } camera) return ReadPicture.Unknown(id);
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            if (await AddProofAsync(zip, "event.txt", seen.Seq, stop) is { } missing) return missing;
            foreach (var file in (await files.AllAsync(CameraFiles.Kind, [id], stop)).Where(file => file.Part is CameraFiles.BlurredPicture or CameraFiles.BlurredClip))
            {
                var isClip = file.Part == CameraFiles.BlurredClip;
                if (isClip && await ClipEntryAsync(seen, stop) is { } entry && await AddProofAsync(zip, "clip.txt", entry, stop) is { } missingToo) return missingToo;
                var opened = await files.OpenAsync(file, stop);
                if (!opened.IsDone) return Outcome<byte[]>.Refused(opened.Refusals);
                await using var content = opened.Value;
                await AddAsync(zip, isClip ? "clip.mp4" : "picture.jpg", await content.ReadAsync(stop), stop);
            }
        }

        db.Context.Audit("cameras.evidence.exported", camera.Subject, new { cameraEvent = id, position = seen.Seq });
        await db.Context.SaveAsync(stop);
        return memory.ToArray();
    }

    private async Task<Refusal?> AddProofAsync(ZipArchive zip, string name, long position, CancellationToken stop)
    {
        if (log.Store.ReadBytes(position) is not { } bytes) return new Refusal("EvidenceMissing");
        var evidence = await prove.RunAsync(position, bytes, stop);
        if (!evidence.IsDone) return evidence.Refusals[0];
        await AddAsync(zip, name, Encoding.ASCII.GetBytes(evidence.Value.Write()), stop);
        return null;
    }

    // The entry lies within some minutes behind its event, or hours after a lost line: found by the row that names it.
    private Task<long?> ClipEntryAsync(CameraEvent seen, CancellationToken stop) => db.Clips.AsNoTracking().Where(clip => clip.Event == seen.Id && clip.IsBlurred).Select(clip => (long?)clip.Seq).SingleOrDefaultAsync(stop);

    private static async Task AddAsync(ZipArchive zip, string name, byte[] bytes, CancellationToken stop)
    {
        await using var entry = await zip.CreateEntry(name, CompressionLevel.NoCompression).OpenAsync(stop);
        await entry.WriteAsync(bytes, stop);
    }
}
