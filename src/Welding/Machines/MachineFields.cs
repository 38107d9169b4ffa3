using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Places;
using Anlan.Toolkit.Access;
using Anlan.Welding.Loans;

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
internal sealed class MachineFields(IEnterprises enterprises, IPeople people, IDivisions divisions, FenceRules fences, LoanIndex loans, CurrentScope scope)
{
    /// <param name="declared">As sent.</param>
    /// <param name="before">The machine as it is; what stays as it was is not asked again, for a closed owner must not block a new site. Null for a new one.</param>
    /// <param name="stop">Stops.</param>
    public async Task<Outcome<DeclaredMachine>> ReadAsync(MachineDeclaration declared, WeldingMachine? before, CancellationToken stop)
    {
        var wrong = new List<Refusal?>();
        var owner = await OwnerAsync(declared, before, stop);
        var kind = MachineRules.KindOf(declared.Kind);
        var (model, site) = (declared.Model?.Trim() ?? "", declared.Site?.Trim() ?? "");
        var limits = fences.At(DivisionCode.IsValid(declared.Division) ? new DivisionCode(declared.Division!) : null);
        var fence = declared.FenceMetres ?? before?.FenceMetres ?? limits.Usual;
        wrong.Add(kind is null ? Refusal.OfField("kind", "KindInvalid") : null);
        wrong.Add(MachineRules.Model(model));
        wrong.Add(kind is { } known ? MachineRules.RatedCurrent(known, declared.RatedCurrent) : null);
        wrong.Add(UserEnterprise(declared.UserEnterprise, before));
        wrong.Add(owner.Wrong);
        wrong.Add(Division(declared, before));
        wrong.Add(MachineRules.Site(site));
        var place = Place(declared, wrong);
        wrong.Add(limits.Check(fence));
        var refusals = wrong.OfType<Refusal>().ToList();
        if (refusals.Count > 0) return Outcome<DeclaredMachine>.Refused(refusals);

        var user = new EnterpriseId(declared.UserEnterprise!.Value);
        var ownerEnterprise = owner.Enterprise ?? (owner.Person is null ? user : null);
        return new DeclaredMachine(kind!.Value, model, declared.RatedCurrent ?? 0, ownerEnterprise, owner.Person, user, new DivisionCode(declared.Division!), site, place!.Value, fence);
    }

    private Refusal? UserEnterprise(Guid? id, WeldingMachine? before)
    {
        if (id is not { } enterprise) return Refusal.OfField("userEnterprise", "EnterpriseMissing");
        // The loan says who uses it and to whom it returns; whoever changes the user would change both.
        if (before is not null && enterprise != before.UserEnterprise.Value && loans.Of(before.Id).Count > 0) return Refusal.OfField("userEnterprise", "LoanOpen");
        if (scope.Now.Enterprise is { } only && only != enterprise) return Refusal.OfField("userEnterprise", "EnterpriseNotOwn");
        return enterprise == before?.UserEnterprise.Value ? null : Enterprise("userEnterprise", enterprise);
    }

    // Whoever knows a whole credit code or identity number has the licence or the card in hand; ids are taken only within scope.
    private async Task<(EnterpriseId? Enterprise, PersonId? Person, Refusal? Wrong)> OwnerAsync(MachineDeclaration declared, WeldingMachine? before, CancellationToken stop)
    {
        var (code, number) = (declared.OwnerCreditCode?.Trim() is { Length: > 0 } c ? c : null, declared.OwnerIdentityNumber?.Trim() is { Length: > 0 } n ? n : null);
        if ((declared.OwnerEnterprise is not null || code is not null) && (declared.OwnerPerson is not null || number is not null)) return (null, null, Refusal.OfField("ownerPerson", "OwnerTwice"));
        if (code is not null)
        {
            return enterprises.FindByCreditCode(code) switch
            {
                null => (null, null, Refusal.OfField("ownerEnterprise", "EnterpriseUnknown")),
                { IsActive: false, Name: var name } => (null, null, Closed("ownerEnterprise", name)),
                { Id: var id } => (id, null, null),
            };
        }

        if (number is not null) return await people.FindByIdentityNumberAsync(number.ToUpperInvariant(), stop) is { } found ? (null, found, null) : (null, null, Refusal.OfField("ownerPerson", "PersonUnknown"));
        if (declared.OwnerEnterprise is { } enterprise) return (new EnterpriseId(enterprise), null, enterprise == before?.OwnerEnterprise?.Value ? null : Enterprise("ownerEnterprise", enterprise));
        if (declared.OwnerPerson is not { } person) return default;
        var isKnown = person == before?.OwnerPerson?.Value || people.IsWithin(new PersonId(person), scope.Now);
        return (null, new PersonId(person), isKnown ? null : Refusal.OfField("ownerPerson", "PersonUnknown"));
    }

    private Refusal? Enterprise(string field, Guid id) => (enterprises.IsWithin(new EnterpriseId(id), scope.Now) ? enterprises.Find(new EnterpriseId(id)) : null) switch
    {
        null => Refusal.OfField(field, "EnterpriseUnknown"),
        { IsActive: false, Name: var name } => Closed(field, name),
        _ => null,
    };

    private static Refusal Closed(string field, string name) => Refusal.OfField(field, "EnterpriseClosed") with { Measured = FactValue.Text(name) };

    private Refusal? Division(MachineDeclaration declared, WeldingMachine? before)
    {
        if (declared.Division is not { Length: > 0 } code) return Refusal.OfField("division", "DivisionMissing");
        if (!DivisionCode.IsValid(code) || divisions.Find(new DivisionCode(code)) is not { } division) return Refusal.OfField("division", "DivisionUnknown") with { Measured = FactValue.Text(code) };
        // A city or province says nothing about where a machine stands.
        if (code.Length < 6) return Refusal.OfField("division", "DivisionTooWide") with { Measured = FactValue.Text(division.Name) };
        // An organ moves no machine out of its own sight; an enterprise works where it works.
        var now = scope.Now;
        var isSeen = !now.IsAuthority || code == before?.Division.Value || now.Covers(division.Code, declared.UserEnterprise);
        return isSeen ? null : Refusal.OfField("division", "DivisionOutsideScope") with { Measured = FactValue.Text(division.Name) };
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
