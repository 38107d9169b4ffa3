using System.Globalization;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Places;

namespace Anlan.Welding.Machines;

/// <summary>Who owns a machine, as a form asks.</summary>
internal enum OwnerChoice
{
    /// <summary>The enterprise that uses it.</summary>
    User,
    /// <summary>Another enterprise.</summary>
    Enterprise,
    /// <summary>A person.</summary>
    Person,
}

/// <summary>What was typed so far; numbers are text until they are sent, so that nothing typed is lost.</summary>
internal sealed class MachineForm
{
    public string Code { get; set; } = "";

    public string Kind { get; set; } = "electric";

    public string Model { get; set; } = "";

    public string RatedCurrent { get; set; } = "";

    public EnterpriseFacts? User { get; set; }

    public OwnerChoice Owner { get; set; }

    public EnterpriseFacts? OwnerEnterprise { get; set; }

    /// <summary>The enterprise that owns it by now.</summary>
    public Guid? OwnerBefore { get; init; }

    public Guid? OwnerPerson { get; set; }

    /// <summary>Masked name of the person who owns it by now.</summary>
    public string OwnerName { get; set; } = "";

    public string OwnerIdentityNumber { get; set; } = "";

    public string County { get; set; } = "";

    public string Town { get; set; } = "";

    public string Site { get; set; } = "";

    public string Latitude { get; set; } = "";

    public string Longitude { get; set; } = "";

    /// <summary>Never chosen for the reader.</summary>
    public string Datum { get; set; } = "";

    public string Fence { get; set; } = "";

    public int? Version { get; set; }

    public bool IsGas => Kind == "gas";

    /// <summary>The place on WGS-84, or null while it is not complete.</summary>
    public GeoPoint? Place => Number(Latitude) is { } latitude && Number(Longitude) is { } longitude && MachineRules.Latitude(latitude) is null && MachineRules.Longitude(longitude) is null
        ? MachineRules.PlaceOf(latitude, longitude, Datum)
        : null;

    /// <summary>A form filled with a machine as it is; its place is WGS-84.</summary>
    /// <param name="shown">The machine.</param>
    /// <param name="enterprise">Finds an enterprise.</param>
    public static MachineForm Of(ShowMachine.Shown shown, Func<Guid, EnterpriseFacts?> enterprise)
    {
        var machine = shown.Machine;
        return new MachineForm
        {
            Code = machine.Code,
            Kind = machine.Kind == MachineKind.Gas ? "gas" : "electric",
            Model = machine.Model,
            RatedCurrent = machine.RatedCurrent > 0 ? Text(machine.RatedCurrent) : "",
            User = enterprise(machine.UserEnterprise),
            Owner = shown.OwnerPerson is not null ? OwnerChoice.Person : shown.OwnerEnterprise == machine.UserEnterprise ? OwnerChoice.User : OwnerChoice.Enterprise,
            OwnerEnterprise = shown.OwnerEnterprise is { } owner ? enterprise(owner) : null,
            OwnerBefore = shown.OwnerEnterprise,
            OwnerName = shown.OwnerName ?? "",
            OwnerPerson = shown.OwnerPerson,
            County = machine.Division[..Math.Min(6, machine.Division.Length)],
            Town = machine.Division.Length > 6 ? machine.Division : "",
            Site = machine.Site,
            Latitude = Text(machine.Latitude),
            Longitude = Text(machine.Longitude),
            Datum = "wgs84",
            Fence = Text(machine.FenceMetres),
            Version = shown.Version,
        };
    }

    /// <summary>Takes both numbers when "30.54, 119.97" was pasted into one field, as map pages give them.</summary>
    public void TakePlace(string latitude)
    {
        Latitude = latitude;
        if (latitude.Split([',', '\uFF0C', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is not [var one, var other] || Number(one) is not { } a || Number(other) is not { } b) return;
        // "30,5432" is one number with a foreign decimal sign: the field stays as it is and is named when it is sent.
        if (Math.Abs(a) > 180 || Math.Abs(b) > 180) return;
        // Beyond 90 it can only be the longitude: some maps put it first.
        (Latitude, Longitude) = Math.Abs(a) > 90 && Math.Abs(b) <= 90 ? (other, one) : (one, other);
    }

    public RegisterMachine.Request ToRegister() => new()
    {
        Code = Code,
        Kind = Kind,
        Model = Model,
        RatedCurrent = Amperes,
        OwnerEnterprise = Enterprise,
        OwnerCreditCode = CreditCode,
        OwnerPerson = Person,
        OwnerIdentityNumber = Owner == OwnerChoice.Person ? OwnerIdentityNumber : null,
        UserEnterprise = User?.Id.Value,
        Division = Division,
        Site = Site,
        Latitude = Number(Latitude),
        Longitude = Number(Longitude),
        Datum = Datum,
        FenceMetres = Whole(Fence),
    };

    public EditMachine.Request ToEdit() => new()
    {
        Kind = Kind,
        Model = Model,
        RatedCurrent = Amperes,
        OwnerEnterprise = Enterprise,
        OwnerCreditCode = CreditCode,
        OwnerPerson = Person,
        OwnerIdentityNumber = Owner == OwnerChoice.Person ? OwnerIdentityNumber : null,
        UserEnterprise = User?.Id.Value,
        Division = Division,
        Site = Site,
        Latitude = Number(Latitude),
        Longitude = Number(Longitude),
        Datum = Datum,
        FenceMetres = Whole(Fence),
        Version = Version,
    };

    private int? Amperes => IsGas || RatedCurrent.Trim().Length == 0 ? null : Whole(RatedCurrent);

    // An owner that was kept is sent by id, one that was chosen by its code where it has one: it may lie outside the scope.
    private Guid? Enterprise => Owner switch { OwnerChoice.User => User?.Id.Value, OwnerChoice.Enterprise when CreditCode is null => OwnerEnterprise?.Id.Value ?? Guid.Empty, _ => null };

    private string? CreditCode => Owner == OwnerChoice.Enterprise && OwnerEnterprise?.Id.Value != OwnerBefore ? OwnerEnterprise?.CreditCode : null;

    // Nobody named is sent as nobody's id, so that the slice names the field.
    private Guid? Person => Owner == OwnerChoice.Person && OwnerIdentityNumber.Trim().Length == 0 ? OwnerPerson ?? Guid.Empty : null;

    private string Division => Town.Length > 0 ? Town : County;

    private static double? Number(string text) => double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    // What is no whole number is out of every range, so that its field is named; empty is left out.
    private static int? Whole(string text) => text.Trim().Length == 0 ? null : int.TryParse(text.Trim(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
