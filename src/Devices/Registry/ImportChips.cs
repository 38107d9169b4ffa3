using System.Text;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Devices;
using Anlan.Kernel.Ids;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Devices.Registry;

/// <summary>Registers the chips of a factory's list with the credentials that were burnt in there; all of them, or none and every fault with its line.</summary>
internal sealed class ImportChips(DevicesDb db, CurrentScope scope, TimeProvider clock)
{
    /// <param name="Count">How many chips were registered.</param>
    public sealed record Imported(int Count);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/chips/import", async (HttpRequest request, ImportChips slice, CancellationToken stop) =>
            {
                var text = await ReadAsync(request.Body, stop);
                return await slice.RunAsync(text, stop).ToHttpAsync();
            })
            .RequirePermission(DevicesPermissions.Fit).Accepts<string>("text/csv").Produces<Imported>().ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .Scoped(ScopedBy.Records).WithTags("Devices").WithSummary("Register the chips of a factory's list: a header serial,secret or serial,sha256, then a line for each chip");

    /// <summary>The text of a list, or null when it is too large.</summary>
    public static async Task<string?> ReadAsync(Stream file, CancellationToken stop) =>
        await BoundedBody.ReadAsync(file, ChipList.MostBytes, stop) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <param name="text">The list; null = too large.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<Outcome<Imported>> RunAsync(string? text, CancellationToken stop)
    {
        if (text is null) return ChipList.AtLine(1, "ChipListTooLong") with { Limit = FactValue.Count(ChipList.Most) };
        var (rows, faults) = ChipList.Read(text);
        var serials = rows.Select(row => row.Serial).ToList();
        var taken = (await db.Devices.Where(d => serials.Contains(d.Serial)).Select(d => d.Serial).ToListAsync(stop)).ToHashSet(StringComparer.Ordinal);
        List<Refusal> all = [.. faults, .. rows.Where(row => taken.Contains(row.Serial)).Select(row => ChipList.AtLine(row.Line, "SerialTaken"))];
        if (all.Count > 0) return Outcome<Imported>.Refused(all);

        var (now, organ) = (clock.GetUtcNow(), scope.Now.Organ is { } id ? new OrganId(id) : (OrganId?)null);
        foreach (var row in rows)
        {
            var device = new Device { Id = TypedId.New<DeviceId>(), Serial = row.Serial, Kind = DeviceKinds.WeldingChip, SecretHash = row.SecretHash, RegisteredBy = organ, RegisteredAt = now };
            db.Devices.Add(device);
            db.Context.Audit("devices.chip.registered", $"device/{device.Id.Value}", new { serial = row.Serial, fromList = true });
        }

        if (!await db.Context.TrySaveAsync(stop)) return new Refusal("ChangedMeanwhile");
        return new Imported(rows.Count);
    }
}
