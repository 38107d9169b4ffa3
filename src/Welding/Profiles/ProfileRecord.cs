using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;

namespace Anlan.Welding.Profiles;

/// <summary>A record behind a dimension.</summary>
/// <param name="Kind"><c>machine</c>, <c>certificate</c>, <c>binding</c>, <c>session</c>, <c>refusal</c> or <c>incident</c>; its words are <c>Record.</c> and the word.</param>
/// <param name="Findings">What about it lowers the score; none for a record that is well.</param>
internal sealed record ProfileRecord(string Kind, IReadOnlyList<string> Findings)
{
    /// <summary>At which machine, or null.</summary>
    public MachineId? Machine { get; init; }

    /// <summary>Of whom, or null.</summary>
    public PersonId? Person { get; init; }

    /// <summary>Certificate or session, or null.</summary>
    public Guid? Id { get; init; }

    /// <summary>Position of its entry in the log, or null.</summary>
    public long? Position { get; init; }

    /// <summary>When it happened, or null.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Its last day, or null.</summary>
    public DateOnly? Until { get; init; }
}

/// <summary>The keys of dimensions.</summary>
internal static class Dimensions
{
    /// <summary>Machines and their chips.</summary>
    public const string Machines = "machines";

    /// <summary>Welding certificates.</summary>
    public const string Certificates = "certificates";

    /// <summary>Who is bound to whom.</summary>
    public const string Staff = "staff";

    /// <summary>Starts: sessions and refusals.</summary>
    public const string Starts = "starts";

    /// <summary>How sessions ended.</summary>
    public const string Conduct = "conduct";

    /// <summary>Opened chips, arcs without a grant.</summary>
    public const string Incidents = "incidents";
}

/// <summary>What lowers scores; the words are <c>Finding.</c> and the word.</summary>
internal static class Findings
{
    public const string Unchipped = "unchipped";
    public const string NeverHeard = "neverHeard";
    public const string OfflineLong = "offlineLong";
    public const string Locked = "locked";
    public const string Revoked = "revoked";
    public const string Expired = "expired";
    public const string ReviewOverdue = "reviewOverdue";
    public const string DueSoon = "dueSoon";
    public const string Uncertified = "uncertified";
    public const string EndingSoon = "endingSoon";
    public const string Unlicensed = "unlicensed";
    public const string Refused = "refused";
    public const string CutOff = "cutOff";
    public const string Unconfirmed = "unconfirmed";
    public const string Ungranted = "ungranted";
    public const string Tampered = "tampered";
}
