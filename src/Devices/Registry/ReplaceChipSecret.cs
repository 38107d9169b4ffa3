using System.Security.Cryptography;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Mqtt;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Devices.Registry;

/// <summary>Withdraws or renews a chip's credential: a lost secret is replaced, never looked up.</summary>
internal sealed class ReplaceChipSecret(DevicesDb db, DeviceScope scope, IDeviceSender sender)
{
    public sealed record Replaced(string Serial, string Secret);

    public sealed record EnableRequest(bool Enabled, string? Reason);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/chips/{serial}/secret", (string serial, ReplaceChipSecret slice, CancellationToken stop) => slice.RunAsync(serial, stop).ToHttpAsync())
            .RequirePermission(DevicesPermissions.Fit).Produces<Replaced>().Scoped(ScopedBy.Records).WithTags("Devices").WithSummary("Replace a chip's secret");
        api.MapPost("/chips/{serial}/enabled", (string serial, EnableRequest request, ReplaceChipSecret slice, CancellationToken stop) => slice.EnableAsync(serial, request, stop).ToHttpAsync())
            .RequirePermission(DevicesPermissions.Fit).Produces(204).Scoped(ScopedBy.Records).WithTags("Devices").WithSummary("Withdraw or restore a chip's credential");
    }

    public async Task<Outcome<Replaced>> RunAsync(string serial, CancellationToken stop)
    {
        if (!scope.Covers(serial) || await db.Devices.SingleOrDefaultAsync(d => d.Serial == serial, stop) is not { } device) return new Refusal("ChipUnknown");
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        device.SecretHash = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret));
        db.Context.Audit("devices.chip.secret-replaced", $"device/{device.Id.Value}", new { serial });
        if (!await db.Context.TrySaveAsync(stop)) return new Refusal("ChangedMeanwhile");
        await sender.HangUpAsync(serial);
        return new Replaced(serial, secret);
    }

    public async Task<Outcome> EnableAsync(string serial, EnableRequest request, CancellationToken stop)
    {
        if (!scope.Covers(serial) || await db.Devices.SingleOrDefaultAsync(d => d.Serial == serial, stop) is not { } device) return Outcome.Refused("ChipUnknown");
        if (request.Reason?.Trim() is not { Length: > 0 and <= 200 }) return Outcome.Refused(Refusal.OfField("reason", "ReasonInvalid"));
        device.IsEnabled = request.Enabled;
        db.Context.Audit(request.Enabled ? "devices.chip.enabled" : "devices.chip.disabled", $"device/{device.Id.Value}", new { serial, request.Reason });
        if (!await db.Context.TrySaveAsync(stop)) return Outcome.Refused("ChangedMeanwhile");
        // Whoever holds the old credential is connected perhaps: withdrawn means withdrawn now.
        if (!request.Enabled) await sender.HangUpAsync(serial);
        return Outcome.Done;
    }
}
