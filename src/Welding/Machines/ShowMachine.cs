using Anlan.Contracts.Devices;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Anlan.Welding.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Welding.Machines;

/// <summary>One machine with everything that was declared and what its chip last said.</summary>
internal sealed class ShowMachine(FindMachine find, MachineRows rows, CurrentScope scope, PeopleSeen seen, IDevices devices, IEnterprises enterprises, IPeople people)
{
    /// <param name="Machine">As in lists.</param>
    /// <param name="OwnerEnterprise">Owner, when an enterprise owns it.</param>
    /// <param name="OwnerPerson">Owner, when a person does.</param>
    /// <param name="OwnerName">Name of the owner; a person's is masked.</param>
    /// <param name="Firmware">Of the chip, or null.</param>
    /// <param name="ChipLatitude">Last reported position, WGS-84, or null.</param>
    /// <param name="ChipLongitude">Last reported position, WGS-84, or null.</param>
    /// <param name="ChipPlaceAt">When it was reported.</param>
    /// <param name="ChipMetres">How far that is from the declared place.</param>
    /// <param name="LockedAt">Since when it is locked, or null.</param>
    /// <param name="MayUnlock">False for a lock of the bureau when the asker is an enterprise.</param>
    /// <param name="RegisteredAt">When it was registered.</param>
    /// <param name="Version">To be sent with an edit.</param>
    public sealed record Shown(
        MachineRow Machine, Guid? OwnerEnterprise, Guid? OwnerPerson, string? OwnerName, string? Firmware, double? ChipLatitude, double? ChipLongitude, DateTimeOffset? ChipPlaceAt,
        double? ChipMetres, DateTimeOffset? LockedAt, bool MayUnlock, DateTimeOffset RegisteredAt, int Version);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/machines/{code}", (string code, ShowMachine slice, CancellationToken stop) => slice.RunAsync(code, stop).ToHttpAsync())
            .RequirePermission(WeldingPermissions.View).Produces<Shown>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).ShowsPeople().WithTags("Machines").WithSummary("Show a machine");

    public async Task<Outcome<Shown>> RunAsync(string code, CancellationToken stop)
    {
        if (find.Facts(code) is not { } facts || await find.RowAsync(code, stop) is not { } machine) return FindMachine.Unknown(code);
        var chip = facts.Chip is { } serial ? devices.StateOf(serial) : DeviceState.Unknown;
        var owner = machine.OwnerPerson is { } person ? people.Find(person)?.MaskedName : machine.OwnerEnterprise is { } enterprise ? enterprises.Find(enterprise)?.Name : null;
        if (machine.OwnerPerson is { } shown) seen.Add(WelderViews.Owner, shown.Value);
        var mayUnlock = machine.LockReason is not null && (scope.Now.Enterprise is not { } own || machine.LockedFor?.Value == own);
        return new Shown(
            rows.Of(facts), machine.OwnerEnterprise?.Value, machine.OwnerPerson?.Value, owner, chip.Firmware, chip.Position?.Latitude, chip.Position?.Longitude, chip.PositionAt,
            chip.Position is { } place ? Math.Round(place.MetresTo(facts.Place), 1) : null, machine.LockedAt, mayUnlock, machine.RegisteredAt, machine.Version);
    }
}
