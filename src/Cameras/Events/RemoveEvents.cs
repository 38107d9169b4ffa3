using Anlan.Toolkit.Data;
using Anlan.Toolkit.Files;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Cameras.Events;

/// <summary>What goes with events whose term is over: their pictures and clips, which nobody can open from then on.</summary>
internal static class RemoveEvents
{
    public static async Task FilesOfAsync(AnlanDb db, List<CameraEvent> events, CancellationToken stop)
    {
        var (ids, entries) = (events.ConvertAll(seen => seen.Id), events.Select(seen => seen.Entry).OfType<Guid>().Distinct().ToList());
        await db.Set<AttachedFile>().Where(file => file.RecordKind == CameraFiles.Kind && ids.Contains(file.Record)).ExecuteDeleteAsync(stop);
        await db.Set<CameraClip>().Where(clip => ids.Contains(clip.Event)).ExecuteDeleteAsync(stop);
        await db.Set<ConfirmedEntry>().Where(said => entries.Contains(said.Entry)).ExecuteDeleteAsync(stop);
    }
}
