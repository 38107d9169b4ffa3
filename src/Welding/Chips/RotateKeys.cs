using Anlan.Contracts.Devices;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Security;
using Anlan.Welding.Chip.Messages;
using Anlan.Welding.Chip.Signing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Welding.Chips;

/// <summary>
/// Changes the key that signs grants, with overlap (CHIP-CONFIG-03): first every chip learns the next key from the current one; once all
/// have acknowledged it, the next one signs and chips forget the old one.
/// </summary>
internal sealed class RotateKeys(WeldingDb db, SigningKeys keys, IDevices devices, ChipSettingsDesk settings, HotLog log, TimeProvider clock, CurrentActor current)
{
    /// <param name="Force">Activate although some chips have not learnt the key: those need their keys from an installer.</param>
    public sealed record Request(bool Force = false);

    /// <param name="Current">Id of the key that signs, hexadecimal.</param>
    /// <param name="Next">Id of the key that is being introduced, or null.</param>
    /// <param name="Waiting">Serials of the chips that have not acknowledged their keys.</param>
    public sealed record Standing(string Current, string? Next, IReadOnlyList<string> Waiting);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/signing-keys", (RotateKeys slice) => slice.Show()).RequirePermission(WeldingPermissions.Keys).Scoped(ScopedBy.Installation).WithTags("Chips").WithSummary("The signing keys and the chips that wait for them");
        api.MapPost("/signing-keys/prepare", (RotateKeys slice, CancellationToken stop) => slice.PrepareAsync(stop)).RequirePermission(WeldingPermissions.Keys)
            .Scoped(ScopedBy.Installation).WithTags("Chips").WithSummary("Make the next signing key and introduce it to every chip");
        api.MapPost("/signing-keys/activate", (Request request, RotateKeys slice, CancellationToken stop) => slice.ActivateAsync(request, stop).ToHttpAsync()).RequirePermission(WeldingPermissions.Keys)
            .Produces<Standing>().ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Installation).WithTags("Chips").WithSummary("Let the next key sign, once every chip knows it");
    }

    public Standing Show() => new(Name(keys.Current), keys.Next is { } next ? Name(next) : null, Waiting());

    public async Task<Standing> PrepareAsync(CancellationToken stop)
    {
        var next = keys.Prepare();
        db.Context.Audit("welding.signing-key.prepared", "signing-key/" + Name(next));
        await db.Context.SaveAsync(stop);
        await TellAsync("keys");
        return Show();
    }

    public async Task<Outcome<Standing>> ActivateAsync(Request request, CancellationToken stop)
    {
        if (keys.Next is null) return new Refusal("NoNextKey");
        var waiting = Waiting();
        if (waiting.Count > 0 && !request.Force) return new Refusal("ChipsWithoutKey") { Measured = FactValue.Count(waiting.Count), Limit = FactValue.Count(0) };
        var key = keys.Activate();
        db.Context.Audit("welding.signing-key.activated", "signing-key/" + Name(key), new { waiting });
        await db.Context.SaveAsync(stop);
        await TellAsync("key");
        return Show();
    }

    private async Task TellAsync(string step)
    {
        var trusted = keys.Trusted.Select(key => key.PublicKey).ToList();
        var once = $"{step}/{Name(keys.Next ?? keys.Current)}/";
        foreach (var chip in devices.All.Where(device => device is { Kind: DeviceKinds.WeldingChip, IsEnabled: true })) await settings.PostAsync(chip.Serial, new ChipSettings(), trusted, current.Actor.Account, once + chip.Serial);
    }

    private List<string> Waiting()
    {
        var now = clock.GetUtcNow();
        var known = TrustedKeys.Of([.. keys.Trusted.Select(key => key.PublicKey)]);
        return [.. devices.All.Select(device => device.Serial).Where(serial => log.DownlinksOf(serial, now).Any(waiting => IsAboutKeys(waiting, known))).Order(StringComparer.Ordinal)];
    }

    private static bool IsAboutKeys(Downlink waiting, TrustedKeys known) =>
        waiting.Channel == "config" && SignedConfig.Verify(ChipJson.Read<SignedDownlink>(waiting.Payload).Token(), known)?.Keys is not null;

    private static string Name(SigningKey key) => Convert.ToHexStringLower(key.Kid);
}
