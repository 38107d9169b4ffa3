using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Places;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;

namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>A declaration that passed every check.</summary>
internal sealed record DeclaredSpace(
    string Name, SpaceKind Kind, IReadOnlyList<string> Hazards, EnterpriseId Enterprise, DivisionCode Division, string Site, GeoPoint? Place, double? Volume, double? Depth, string? Opening, RiskLevel Risk,
    bool IsCatalogued, AccessControl Access, bool HasNoticeBoard, PersonId? Responsible, DateOnly? LastReviewedOn)
{
    public static DeclaredSpace Of(ConfinedSpace space) => new(
        space.Name, space.Kind, space.Hazards, space.Enterprise, space.Division, space.Site, space is { Latitude: { } latitude, Longitude: { } longitude } ? new GeoPoint(latitude, longitude) : null,
        space.Volume, space.Depth, space.Opening, space.Risk, space.IsCatalogued, space.Access, space.HasNoticeBoard, space.Responsible, space.LastReviewedOn);

    /// <summary>True when nothing differs.</summary>
    public bool IsSame(DeclaredSpace other) => Hazards.SequenceEqual(other.Hazards) && this with { Hazards = other.Hazards } == other;

    public void WriteTo(ConfinedSpace space)
    {
        space.Name = Name;
        space.Kind = Kind;
        space.Hazards = Hazards;
        space.Enterprise = Enterprise;
        space.Division = Division;
        space.Site = Site;
        (space.Latitude, space.Longitude) = (Place?.Latitude, Place?.Longitude);
        space.Volume = Volume;
        space.Depth = Depth;
        space.Opening = Opening;
        space.Risk = Risk;
        space.IsCatalogued = IsCatalogued;
        space.Access = Access;
        space.HasNoticeBoard = HasNoticeBoard;
        space.Responsible = Responsible;
        space.LastReviewedOn = LastReviewedOn;
    }
}

/// <summary>Checks every field of a declaration and names each that is wrong, so that a form shows all faults at once.</summary>
internal sealed class SpaceFields(IEnterprises enterprises, IPeople people, IEmployment employment, IDivisions divisions, CurrentScope scope, CityCalendar calendar)
{
    /// <param name="declared">As sent.</param>
    /// <param name="before">The space as it is; what stays as it was is not asked again: a closed enterprise or a person who left must not block a correction. Null for a new one.</param>
    /// <param name="stop">Stops.</param>
    public async Task<Outcome<DeclaredSpace>> ReadAsync(SpaceDeclaration declared, ConfinedSpace? before, CancellationToken stop)
    {
        var wrong = new List<Refusal?>();
        var (name, site, opening) = (declared.Name?.Trim() ?? "", declared.Site?.Trim() ?? "", declared.Opening?.Trim() is { Length: > 0 } typed ? typed : null);
        wrong.Add(SpaceRules.Name(name));
        var kind = Word<SpaceKind>("kind", declared.Kind, wrong);
        wrong.Add(SpaceRules.Hazards(declared.Hazards));
        var risk = Word<RiskLevel>("risk", declared.Risk, wrong);
        wrong.Add(Enterprise(declared.Enterprise, before));
        var (responsible, stranger) = await ResponsibleAsync(declared, before, stop);
        wrong.Add(stranger);
        wrong.Add(Division(declared, before));
        wrong.Add(SpaceRules.Site(site));
        var place = Place(declared, wrong);
        wrong.Add(SpaceRules.Volume(declared.Volume));
        wrong.Add(SpaceRules.Depth(declared.Depth));
        wrong.Add(SpaceRules.Opening(opening));
        var access = Word<AccessControl>("access", declared.Access, wrong);
        wrong.Add(SpaceRules.Reviewed("lastReviewedOn", declared.LastReviewedOn, calendar.Today));
        var refusals = wrong.OfType<Refusal>().ToList();
        if (refusals.Count > 0) return Outcome<DeclaredSpace>.Refused(refusals);

        return new DeclaredSpace(
            name, kind!.Value, SpaceHazards.Sorted(declared.Hazards!), new EnterpriseId(declared.Enterprise!.Value), new DivisionCode(declared.Division!), site, place, declared.Volume, declared.Depth, opening,
            risk!.Value, declared.IsCatalogued, access!.Value, declared.HasNoticeBoard, responsible, declared.LastReviewedOn);
    }

    private static TWord? Word<TWord>(string field, string? word, List<Refusal?> wrong) where TWord : struct, Enum
    {
        if (EnumQuery.TryRead<TWord>(word, out var read) && read is not null) return read;
        wrong.Add(Refusal.OfField(field, string.IsNullOrEmpty(word) ? "WordMissing" : "WordInvalid") with { Measured = FactValue.Text(word ?? "") });
        return null;
    }

    private Refusal? Enterprise(Guid? id, ConfinedSpace? before)
    {
        if (id is not { } enterprise) return Refusal.OfField("enterprise", "EnterpriseMissing");
        if (scope.Now.Enterprise is { } only && only != enterprise) return Refusal.OfField("enterprise", "EnterpriseNotOwn");
        if (enterprise == before?.Enterprise.Value) return null;
        return (enterprises.IsWithin(new EnterpriseId(enterprise), scope.Now) ? enterprises.Find(new EnterpriseId(enterprise)) : null) switch
        {
            null => Refusal.OfField("enterprise", "EnterpriseUnknown"),
            { IsActive: false, Name: var name } => Refusal.OfField("enterprise", "EnterpriseClosed") with { Measured = FactValue.Text(name) },
            _ => null,
        };
    }

    // Whoever knows a whole identity number has the card in hand; an id is taken only within scope. Either way the enterprise employs the person today.
    private async Task<(PersonId? Person, Refusal? Wrong)> ResponsibleAsync(SpaceDeclaration declared, ConfinedSpace? before, CancellationToken stop)
    {
        var number = declared.ResponsibleIdentityNumber?.Trim() is { Length: > 0 } typed ? typed.ToUpperInvariant() : null;
        var person = number is not null ? await people.FindByIdentityNumberAsync(number, stop) : declared.Responsible is { } id ? new PersonId(id) : null;
        if (person is not { } found) return (null, number is null ? null : Refusal.OfField("responsible", "PersonUnknown"));
        var stays = found == before?.Responsible && declared.Enterprise == before.Enterprise.Value;
        if (stays) return (found, null);
        if (number is null && !people.IsWithin(found, scope.Now)) return (null, Refusal.OfField("responsible", "PersonUnknown"));
        var isEmployed = declared.Enterprise is { } enterprise && employment.FindBinding(found, new EnterpriseId(enterprise), calendar.Today) is not null;
        return (found, isEmployed ? null : Refusal.OfField("responsible", "ResponsibleNotEmployed"));
    }

    private Refusal? Division(SpaceDeclaration declared, ConfinedSpace? before)
    {
        if (declared.Division is not { Length: > 0 } code) return Refusal.OfField("division", "DivisionMissing");
        if (!DivisionCode.IsValid(code) || divisions.Find(new DivisionCode(code)) is not { } division) return Refusal.OfField("division", "DivisionUnknown") with { Measured = FactValue.Text(code) };
        // A city or province says nothing about where a space lies.
        if (code.Length < 6) return Refusal.OfField("division", "DivisionTooWide") with { Measured = FactValue.Text(division.Name) };
        // An organ moves no space out of its own sight; an enterprise has its works where it has them.
        var now = scope.Now;
        var isSeen = !now.IsAuthority || code == before?.Division.Value || now.Covers(division.Code, declared.Enterprise);
        return isSeen ? null : Refusal.OfField("division", "DivisionOutsideScope") with { Measured = FactValue.Text(division.Name) };
    }

    private static GeoPoint? Place(SpaceDeclaration declared, List<Refusal?> wrong)
    {
        if (declared.Latitude is null && declared.Longitude is null) return null;
        var (latitude, longitude) = (SpaceRules.Latitude(declared.Latitude), SpaceRules.Longitude(declared.Longitude));
        wrong.Add(latitude);
        wrong.Add(longitude);
        if (declared.Datum is not ("wgs84" or "gcj02")) wrong.Add(Refusal.OfField("datum", "DatumInvalid"));
        return latitude is null && longitude is null ? SpaceRules.PlaceOf(declared.Latitude!.Value, declared.Longitude!.Value, declared.Datum) : null;
    }
}
