using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.Registry;
using Anlan.Kernel.Outcomes;

namespace Anlan.Enterprises.Employments;

/// <summary>Decides whether a person may be bound to an enterprise: facts in, refusals out.</summary>
internal static class EmploymentRules
{
    /// <summary>Days ahead from which the end of a binding is shown as near.</summary>
    public const int SoonDays = 7;

    /// <summary>Everything that stands against a binding.</summary>
    /// <param name="enterprise">The enterprise.</param>
    /// <param name="kind">How.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day, or null.</param>
    /// <param name="others">All other employments of the person, past ones too.</param>
    /// <param name="ofEnterprise">All other employments of the enterprise.</param>
    public static IReadOnlyList<Refusal> Check(
        EnterpriseEntry enterprise, BindingKind kind, DateOnly from, DateOnly? to, IReadOnlyList<EmploymentEntry> others, IReadOnlyList<EmploymentEntry> ofEnterprise)
    {
        var refusals = new List<Refusal>();
        if (enterprise.ClosedOn is { } closed) refusals.Add(Refusal.OfField("enterprise", "EnterpriseClosed") with { Measured = FactValue.Of(closed) });
        if (kind == BindingKind.Temporary && to is null) refusals.Add(Refusal.OfField("to", "TemporaryNeedsEnd"));
        if (to < from) refusals.Add(Refusal.OfField("to", "EndBeforeStart") with { Measured = FactValue.Of(to.Value), Limit = FactValue.Of(from) });
        if (kind == BindingKind.SelfEmployed && enterprise.Kind != EnterpriseKind.SelfEmployed) refusals.Add(Refusal.OfField("kind", "SelfEmployedNeedsOwnBusiness"));
        // One business, one self-employed person: everybody else there is employed by that person.
        if (kind == BindingKind.SelfEmployed && ofEnterprise.Any(e => e.Kind == BindingKind.SelfEmployed && Overlap(e, from, to))) refusals.Add(Refusal.OfField("kind", "SelfEmployedTaken"));
        if (others.FirstOrDefault(e => e.Enterprise == enterprise.Id && Overlap(e, from, to)) is { } other)
        {
            refusals.Add(Refusal.OfField("from", "BindingOverlaps") with { Measured = FactValue.Of(other.From), Limit = other.To is { } end ? FactValue.Of(end) : FactValue.Word("Employments.Open") });
        }

        return refusals;
    }

    private static bool Overlap(EmploymentEntry e, DateOnly from, DateOnly? to) => !(e.To < e.From) && !(e.To < from) && !(to < e.From);
}
