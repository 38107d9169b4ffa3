using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Places;

namespace Anlan.Welding.Machines;

/// <summary>A declaration that passed every check.</summary>
internal sealed record DeclaredMachine(
    MachineKind Kind, string Model, int RatedCurrent, EnterpriseId? OwnerEnterprise, PersonId? OwnerPerson, EnterpriseId UserEnterprise, DivisionCode Division, string Site,
    GeoPoint Place, int FenceMetres)
{
    public static DeclaredMachine Of(WeldingMachine machine) => new(
        machine.Kind, machine.Model, machine.RatedCurrent, machine.OwnerEnterprise, machine.OwnerPerson, machine.UserEnterprise, machine.Division, machine.Site,
        new GeoPoint(machine.Latitude, machine.Longitude), machine.FenceMetres);

    public void WriteTo(WeldingMachine machine)
    {
        machine.Kind = Kind;
        machine.Model = Model;
        machine.RatedCurrent = RatedCurrent;
        machine.OwnerEnterprise = OwnerEnterprise;
        machine.OwnerPerson = OwnerPerson;
        machine.UserEnterprise = UserEnterprise;
        machine.Division = Division;
        machine.Site = Site;
        (machine.Latitude, machine.Longitude) = Place;
        machine.FenceMetres = FenceMetres;
    }
}

/// <summary>Checks every field of a declaration and names each that is wrong, so that a form shows all faults at once.</summary>
internal sealed class MachineFields(IEnterprises enterprises, IPeople people, IDivisions divisions, FenceRules fences, MachineReach reach)
{
    /// <param name="declared">As sent.</param>
    /// <param name="before">The machine as it is; what stays as it was is not asked again, for a closed owner must not block a new site. Null for a new one.</param>
    public Outcome<DeclaredMachine> Read(MachineDeclaration declared, WeldingMachine? before)
    {
        var wrong = new List<Refusal?>();
        var kind = MachineRules.KindOf(declared.Kind);
        var (model, site) = (declared.Model?.Trim() ?? "", declared.Site?.Trim() ?? "");
        var limits = fences.At(DivisionCode.IsValid(declared.Division) ? new DivisionCode(declared.Division!) : null);
        var fence = declared.FenceMetres ?? before?.FenceMetres ?? limits.Usual;
        wrong.Add(kind is null ? Refusal.OfField("kind", "KindInvalid") : null);
        wrong.Add(MachineRules.Model(model));
        wrong.Add(kind is { } known ? MachineRules.RatedCurrent(known, declared.RatedCurrent) : null);
        wrong.Add(UserEnterprise(declared.UserEnterprise, before));
        wrong.Add(Owner(declared, before));
        wrong.Add(Division(declared.Division));
        wrong.Add(MachineRules.Site(site));
        var place = Place(declared, wrong);
        wrong.Add(limits.Check(fence));
        var refusals = wrong.OfType<Refusal>().ToList();
        if (refusals.Count > 0) return Outcome<DeclaredMachine>.Refused(refusals);

        var user = new EnterpriseId(declared.UserEnterprise!.Value);
        var person = declared.OwnerPerson is { } p ? new PersonId(p) : (PersonId?)null;
        var owner = declared.OwnerEnterprise is { } e ? new EnterpriseId(e) : person is null ? user : (EnterpriseId?)null;
        return new DeclaredMachine(kind!.Value, model, declared.RatedCurrent ?? 0, owner, person, user, new DivisionCode(declared.Division!), site, place!.Value, fence);
    }

    private Refusal? UserEnterprise(Guid? id, WeldingMachine? before)
    {
        if (id is not { } enterprise) return Refusal.OfField("userEnterprise", "EnterpriseMissing");
        if (reach.OnlyEnterprise is { } only && only != enterprise) return Refusal.OfField("userEnterprise", "EnterpriseNotOwn");
        return enterprise == before?.UserEnterprise.Value ? null : Enterprise("userEnterprise", enterprise);
    }

    private Refusal? Owner(MachineDeclaration declared, WeldingMachine? before) => declared switch
    {
        { OwnerEnterprise: not null, OwnerPerson: not null } => Refusal.OfField("ownerPerson", "OwnerTwice"),
        { OwnerEnterprise: { } enterprise } when enterprise != before?.OwnerEnterprise?.Value => Enterprise("ownerEnterprise", enterprise),
        { OwnerPerson: { } person } when person != before?.OwnerPerson?.Value && people.Find(new PersonId(person)) is null => Refusal.OfField("ownerPerson", "PersonUnknown"),
        _ => null,
    };

    private Refusal? Enterprise(string field, Guid id) => enterprises.Find(new EnterpriseId(id)) switch
    {
        null => Refusal.OfField(field, "EnterpriseUnknown"),
        { IsActive: false, Name: var name } => Refusal.OfField(field, "EnterpriseClosed") with { Measured = FactValue.Text(name) },
        _ => null,
    };

    private Refusal? Division(string? code)
    {
        if (string.IsNullOrEmpty(code)) return Refusal.OfField("division", "DivisionMissing");
        if (!DivisionCode.IsValid(code) || divisions.Find(new DivisionCode(code)) is not { } division) return Refusal.OfField("division", "DivisionUnknown") with { Measured = FactValue.Text(code) };
        // A city or province says nothing about where a machine stands.
        return code.Length >= 6 ? null : Refusal.OfField("division", "DivisionTooWide") with { Measured = FactValue.Text(division.Name) };
    }

    private static GeoPoint? Place(MachineDeclaration declared, List<Refusal?> wrong)
    {
        var (latitude, longitude) = (MachineRules.Latitude(declared.Latitude), MachineRules.Longitude(declared.Longitude));
        wrong.Add(latitude);
        wrong.Add(longitude);
        var place = latitude is null && longitude is null ? MachineRules.PlaceOf(declared.Latitude!.Value, declared.Longitude!.Value, declared.Datum) : null;
        if (declared.Datum is not ("wgs84" or "gcj02")) wrong.Add(Refusal.OfField("datum", "DatumInvalid"));
        return place;
    }
}
