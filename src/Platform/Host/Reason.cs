using Anlan.Kernel.Outcomes;

namespace Anlan.Host;

/// <summary>The reason that somebody gives for looking, ending or erasing something.</summary>
internal static class Reason
{
    public const int Longest = 200;

    public static Refusal? Check(string? reason) => reason?.Trim() switch
    {
        null or "" => Refusal.OfField("reason", "ReasonMissing"),
        { Length: > Longest } text => Refusal.OfField("reason", "ReasonTooLong") with { Measured = FactValue.Count(text.Length), Limit = FactValue.Count(Longest) },
        _ => null,
    };
}
