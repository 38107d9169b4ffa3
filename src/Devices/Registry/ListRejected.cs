using System.Text;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Mqtt;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Devices.Registry;

/// <summary>What the broker did not take, for inspection: unreadable messages, oversized packets, foreign topics, wrong credentials, and what is no MQTT at all.
/// Whoever supervises a place sees what its chips sent; strangers at the door concern whoever runs the installation.</summary>
internal sealed class ListRejected(AnlanDb db, DeviceScope devices, CurrentScope scope)
{
    /// <param name="At">Receipt.</param>
    /// <param name="Kind">Why it was not taken.</param>
    /// <param name="Source">Serial that was proven, or the address from which a stranger came.</param>
    /// <param name="Device">Serial that was proven, or claimed where the credential was refused; null when nothing was said.</param>
    /// <param name="Channel">Device class and channel, or the whole foreign topic; empty without a topic.</param>
    /// <param name="Reason">Which field, what is wrong; for the firmware's engineer, in English.</param>
    /// <param name="Length">Full length in bytes.</param>
    /// <param name="Text">The first 4 KiB, when they are UTF-8 text.</param>
    /// <param name="Hex">The first 4 KiB, when they are not.</param>
    public sealed record Row(DateTimeOffset At, RejectionKind Kind, string Source, string? Device, string Channel, string Reason, long Length, string? Text, string? Hex);

    /// <param name="Kind">Why they were not taken.</param>
    /// <param name="Total">All since the installation began, the pruned ones included; for an organ those that are kept of the chips in its scope.</param>
    /// <param name="NotKept">Those of them that came faster than they could be kept; for an organ 0.</param>
    /// <param name="LastAt">The last one, or null.</param>
    public sealed record Count(RejectionKind Kind, long Total, long NotKept, DateTimeOffset? LastAt);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/chips/rejected", async (string? search, string? kind, ListRejected slice, CancellationToken stop, int page = 1, int size = 20) => EnumQuery.TryRead<RejectionKind>(kind, out var wanted)
                ? Results.Ok(await slice.RunAsync(new PageRequest(page, size, search), wanted, stop))
                : EnumQuery.NoSuchWord("kind", kind))
            .RequirePermission(DevicesPermissions.View).Produces<Page<Row>>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Devices")
            .WithSummary("What the broker did not take, newest first; search by serial or address");
        api.MapGet("/chips/rejected/counts", (ListRejected slice, CancellationToken stop) => slice.CountAsync(stop))
            .RequirePermission(DevicesPermissions.View).Scoped(ScopedBy.Records).WithTags("Devices").WithSummary("How much the broker did not take, by reason");
    }

    /// <summary>The kept ones, newest first.</summary>
    public async Task<Page<Row>> RunAsync(PageRequest request, RejectionKind? kind, CancellationToken stop)
    {
        var found = await FindAsync(request.Term, kind, stop);
        var total = await found.CountAsync(stop);
        return new Page<Row>([.. (await found.Skip(request.Skip).Take(request.Take).ToListAsync(stop)).Select(Read)], total);
    }

    /// <summary>All kept ones that match, for an export; never more than are kept.</summary>
    public async Task<IReadOnlyList<Row>> AllAsync(string? search, RejectionKind? kind, CancellationToken stop) =>
        [.. (await (await FindAsync(new PageRequest(Search: search).Term, kind, stop)).ToListAsync(stop)).Select(Read)];

    private async Task<IQueryable<RejectedUplink>> FindAsync(string? search, RejectionKind? kind, CancellationToken stop)
    {
        var found = await WithinAsync(stop);
        if (kind is { } wanted) found = found.Where(message => message.Kind == wanted);
        if (search is { } term)
        {
            // Serials are written in capitals, addresses are not: found as typed and in capitals, alike on every database.
            var capitals = term.ToUpperInvariant();
            found = found.Where(message => message.Source.Contains(term) || message.Source.Contains(capitals) || message.Device!.Contains(term) || message.Device!.Contains(capitals));
        }

        return found.OrderByDescending(message => message.Seq);
    }

    /// <summary>Every reason with its number, zero included.</summary>
    public async Task<IReadOnlyList<Count>> CountAsync(CancellationToken stop)
    {
        if (!scope.Now.IsEverything)
        {
            var kept = await (await WithinAsync(stop)).GroupBy(message => message.Kind).Select(group => new { group.Key, Total = group.LongCount(), LastAt = group.Max(message => message.At) }).ToDictionaryAsync(group => group.Key, stop);
            return [.. Enum.GetValues<RejectionKind>().Select(kind => kept.TryGetValue(kind, out var count) ? new Count(kind, count.Total, 0, count.LastAt) : new Count(kind, 0, 0, null))];
        }

        var counted = await db.Set<RejectedCount>().AsNoTracking().ToDictionaryAsync(count => count.Kind, stop);
        return [.. Enum.GetValues<RejectionKind>().Select(kind => counted.TryGetValue(kind, out var count) ? new Count(kind, count.Total, count.NotKept, count.LastAt) : new Count(kind, 0, 0, null))];
    }

    // A source is a proven serial or an address; there are never more of them than messages are kept.
    private async Task<IQueryable<RejectedUplink>> WithinAsync(CancellationToken stop)
    {
        var all = db.Set<RejectedUplink>().AsNoTracking();
        if (scope.Now.IsEverything) return all;
        var sources = await all.Select(message => message.Source).Distinct().ToListAsync(stop);
        var within = sources.Where(devices.Covers).ToList();
        return all.Where(message => within.Contains(message.Source));
    }

    private static Row Read(RejectedUplink message)
    {
        var text = TextOf(message.Payload, isCut: message.Length > message.Payload.Length);
        return new Row(message.At, message.Kind, message.Source, message.Device, message.Channel, message.Reason, message.Length, text, text is null ? Convert.ToHexStringLower(message.Payload) : null);
    }

    private static string? TextOf(byte[] payload, bool isCut)
    {
        // The cut may have fallen inside a character: up to three bytes at the end do not count against it.
        for (var cut = 0; cut <= (isCut ? 3 : 0); cut++)
        {
            try
            {
                var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(payload, 0, payload.Length - cut);
                return text.Any(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t')) ? null : text;
            }
            catch (DecoderFallbackException)
            {
                // Not text up to here.
            }
        }

        return null;
    }
}
