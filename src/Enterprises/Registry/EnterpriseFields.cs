using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;

namespace Anlan.Enterprises.Registry;

/// <summary>What somebody typed about an enterprise.</summary>
/// <param name="Name">Registered name.</param>
/// <param name="CreditCode">Unified social credit code; a self-employed person may leave it out.</param>
/// <param name="Division">Statistics code of the county or town.</param>
/// <param name="Address">Street and number, or null.</param>
/// <param name="Kind">Company or self-employed.</param>
internal sealed record EnterpriseFields(string? Name, string? CreditCode, string? Division, string? Address, EnterpriseKind Kind)
{
    public const int LongestName = 100;
    public const int LongestAddress = 200;

    /// <summary>The same without blanks around and with a plain code.</summary>
    public EnterpriseFields Normalised() => this with
    {
        Name = Name?.Trim() ?? "",
        CreditCode = Registry.CreditCode.Normalise(CreditCode),
        Division = Division?.Trim() ?? "",
        Address = string.IsNullOrWhiteSpace(Address) ? null : Address.Trim(),
    };

    /// <summary>Everything wrong with normalised fields.</summary>
    public IReadOnlyList<Refusal> Check(IDivisions divisions)
    {
        var refusals = new List<Refusal>();
        if (Name is not { Length: >= 2 and <= LongestName }) refusals.Add(Refusal.OfField("name", "EnterpriseNameLength") with { Measured = FactValue.Count(Name?.Length ?? 0), Limit = FactValue.Count(LongestName) });
        if (CreditCode is { } code)
        {
            if (Registry.CreditCode.Check(code) is { } wrong) refusals.Add(wrong);
        }
        else if (Kind == EnterpriseKind.Company)
        {
            refusals.Add(Refusal.OfField("creditCode", "CreditCodeMissing"));
        }

        if (!DivisionCode.IsValid(Division) || divisions.Find(new DivisionCode(Division!)) is not { Code.Value.Length: >= 6 }) refusals.Add(Refusal.OfField("division", "DivisionNotInCity"));
        if (Address is { Length: > LongestAddress }) refusals.Add(Refusal.OfField("address", "AddressTooLong") with { Measured = FactValue.Count(Address.Length), Limit = FactValue.Count(LongestAddress) });
        return refusals;
    }
}
