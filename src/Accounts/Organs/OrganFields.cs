using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;

namespace Anlan.Accounts.Organs;

/// <summary>What is declared of an organ.</summary>
/// <param name="NameZh">Official name.</param>
/// <param name="NameEn">Name on English screens.</param>
/// <param name="Parent">The organ above it, of the same line of supervision, or null at the top of its line.</param>
/// <param name="Seat">Statistics code of the division in which it sits, or null.</param>
internal sealed record OrganFields(string? NameZh, string? NameEn, Guid? Parent, string? Seat)
{
    public const int LongestName = 100;

    public OrganFields Normalised() => new(NameZh?.Trim(), NameEn?.Trim(), Parent, string.IsNullOrWhiteSpace(Seat) ? null : Seat.Trim());

    /// <summary>Everything that stands against it, whoever asks.</summary>
    /// <param name="kind">What the organ is.</param>
    /// <param name="parent">The organ above it, or null when there is none or it is unknown.</param>
    /// <param name="isParentBelow">True when that organ is this one or lies below it.</param>
    /// <param name="divisions">The city's divisions.</param>
    public IReadOnlyList<Refusal> Check(OrganKind kind, OrganFacts? parent, bool isParentBelow, IDivisions divisions)
    {
        Refusal?[] found =
        [
            Name("nameZh", NameZh),
            Name("nameEn", NameEn),
            Above(kind, parent, isParentBelow),
            Seat is null || (DivisionCode.IsValid(Seat) && divisions.Find(new DivisionCode(Seat)) is not null) ? null : Refusal.OfField("seat", "DivisionUnknown") with { Measured = FactValue.Text(Seat) },
        ];
        return [.. found.OfType<Refusal>()];
    }

    public void WriteTo(Organ organ)
    {
        organ.NameZh = NameZh!;
        organ.NameEn = NameEn!;
        organ.Parent = Parent is { } parent ? new OrganId(parent) : null;
        organ.Seat = Seat is null ? null : new DivisionCode(Seat);
    }

    private Refusal? Above(OrganKind kind, OrganFacts? parent, bool isParentBelow) => (Parent, parent) switch
    {
        (null, _) => null,
        (_, null) => Refusal.OfField("parent", "OrganUnknown"),
        _ when isParentBelow => Refusal.OfField("parent", "ParentIsBelow"),
        (_, { IsActive: false }) => Refusal.OfField("parent", "OrganClosed") with { Measured = FactValue.Of(parent.ClosedOn!.Value) },
        _ when parent.Line != OrganKinds.LineOf(kind) => Refusal.OfField("parent", "ParentOfOtherLine") with { Measured = FactValue.Word("OrganKind." + parent.Kind) },
        _ => null,
    };

    private static Refusal? Name(string field, string? name) => name switch
    {
        null or "" => Refusal.OfField(field, "OrganNameMissing"),
        { Length: > LongestName } => Refusal.OfField(field, "OrganNameTooLong") with { Measured = FactValue.Count(name.Length), Limit = FactValue.Count(LongestName) },
        _ => null,
    };
}
