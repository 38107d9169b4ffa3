using Anlan.Kernel.Outcomes;
using Orleans;

namespace Anlan.Toolkit.Grains;

/// <summary>How a <see cref="Refusal"/> travels between silos: the Kernel knows no Orleans.</summary>
[GenerateSerializer, Alias("Anlan.Refusal")]
public struct RefusalSurrogate
{
    /// <summary>Reason code.</summary>
    [Id(0)]
    public string Code { get; set; }

    /// <summary>Rule.</summary>
    [Id(1)]
    public string? Rule { get; set; }

    /// <summary>Kind of what was found.</summary>
    [Id(2)]
    public int? MeasuredKind { get; set; }

    /// <summary>What was found.</summary>
    [Id(3)]
    public string? Measured { get; set; }

    /// <summary>Kind of the limit.</summary>
    [Id(4)]
    public int? LimitKind { get; set; }

    /// <summary>Limit.</summary>
    [Id(5)]
    public string? Limit { get; set; }

    /// <summary>Field.</summary>
    [Id(6)]
    public string? Field { get; set; }

    /// <summary>Day of the rule.</summary>
    [Id(7)]
    public DateOnly? RuleOn { get; set; }

    /// <summary>Further rules.</summary>
    [Id(8)]
    public OtherRuleSurrogate[]? OtherRules { get; set; }
}

/// <summary>How an <see cref="OtherRule"/> travels.</summary>
[GenerateSerializer, Alias("Anlan.OtherRule")]
public struct OtherRuleSurrogate
{
    /// <summary>Rule.</summary>
    [Id(0)]
    public string Rule { get; set; }

    /// <summary>Its day.</summary>
    [Id(1)]
    public DateOnly On { get; set; }

    /// <summary>Limit.</summary>
    [Id(2)]
    public double? Limit { get; set; }

    /// <summary>Unit of the limit.</summary>
    [Id(3)]
    public string? Unit { get; set; }
}

/// <summary>Converts between the two.</summary>
[RegisterConverter]
public sealed class RefusalConverter : IConverter<Refusal, RefusalSurrogate>
{
    /// <inheritdoc />
    public Refusal ConvertFromSurrogate(in RefusalSurrogate surrogate) => new(surrogate.Code)
    {
        Rule = surrogate.Rule,
        Measured = Fact(surrogate.MeasuredKind, surrogate.Measured),
        Limit = Fact(surrogate.LimitKind, surrogate.Limit),
        Field = surrogate.Field,
        RuleOn = surrogate.RuleOn,
        OtherRules = surrogate.OtherRules is { } others ? [.. others.Select(other => new OtherRule(other.Rule, other.On, other.Limit, other.Unit))] : null,
    };

    /// <inheritdoc />
    public RefusalSurrogate ConvertToSurrogate(in Refusal value) => new()
    {
        Code = value.Code,
        Rule = value.Rule,
        MeasuredKind = (int?)value.Measured?.Kind,
        Measured = value.Measured?.Value,
        LimitKind = (int?)value.Limit?.Kind,
        Limit = value.Limit?.Value,
        Field = value.Field,
        RuleOn = value.RuleOn,
        OtherRules = value.OtherRules is { } others ? [.. others.Select(other => new OtherRuleSurrogate { Rule = other.Rule, On = other.On, Limit = other.Limit, Unit = other.Unit })] : null,
    };

    private static FactValue? Fact(int? kind, string? value) => kind is { } k && value is not null ? new FactValue((FactKind)k, value) : null;
}
