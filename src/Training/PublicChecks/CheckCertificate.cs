using System.Net;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Rules;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Training.Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Training.PublicChecks;

/// <summary>
/// Tells anybody how a certificate stands who knows its whole number and its holder's whole name. Whoever knows only one of the two learns nothing: a wrong number
/// and a wrong name get the same answer after the same work, all of it in memory, and one address may ask only so often. The answer shows nothing that was not asked with.
/// </summary>
internal sealed class CheckCertificate(CertificateIndex index, IPeople people, CertificateRules rules, CheckBrake brake, CityCalendar calendar)
{
    private const int LongestName = 100;

    /// <param name="Number">Whole number, as on the card.</param>
    /// <param name="Name">Whole name of the holder, as on the card.</param>
    public sealed record Request(string? Number, string? Name);

    /// <param name="Number">Masked.</param>
    /// <param name="Name">Masked.</param>
    /// <param name="On">The day for which it is said.</param>
    /// <param name="Certificates">One for each sub-item that the number covers.</param>
    public sealed record Checked(string Number, string Name, DateOnly On, IReadOnlyList<Standing> Certificates);

    /// <param name="Light">Green, yellow or red.</param>
    /// <param name="StatusDay">The day that the status is about.</param>
    /// <param name="Rule">Id of the rule behind a status that is not plainly valid, or null.</param>
    /// <param name="RuleOn">The day that made it apply.</param>
    public sealed record Standing(string Category, string SubItem, DateOnly IssuedOn, DateOnly ExpiresOn, CertificateStatus Status, CertificateLight Light, DateOnly StatusDay, string? Rule, DateOnly? RuleOn);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/certificate-checks", (Request request, CheckCertificate slice, HttpContext http) => Answer(slice.Run(request, http.Connection.RemoteIpAddress)))
            .AllowAnonymous().Produces<Checked>().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests)
            .Scoped(ScopedBy.Everybody).WithTags("Training").WithSummary("Check a certificate by its whole number and its holder's whole name; both have to fit");

    public Outcome<Checked> Run(Request request, IPAddress? from)
    {
        var (number, name, today) = (CertificateNumber.Normalise(request.Number), request.Name?.Trim() ?? "", calendar.Today);
        if (CheckForm(number, name) is { Count: > 0 } refusals) return Outcome<Checked>.Refused(refusals);
        var limit = rules.PublicChecks(today);
        var asked = brake.Count(from);
        if (!limit.IsKeptBy(asked)) return limit.Refuse("TooManyChecks", FactValue.Count(asked), FactValue.Count((long)limit.Limit));

        var held = index.WithNumber(number);
        PersonId? holder = held.Count == 0 ? null : held[0].Person;
        // The name is compared also when nobody has the number.
        var isNamed = people.IsNamed(holder, name);
        return !isNamed || holder is not { } person || people.Find(person) is not { } facts
            ? new Refusal("CheckMismatch")
            : new Checked(CertificateNumber.Mask(number), facts.MaskedName, today, [.. held.Select(c => StandingOf(c, today)).OrderBy(c => c.Light).ThenByDescending(c => c.ExpiresOn)]);
    }

    private static List<Refusal> CheckForm(string number, string name)
    {
        Refusal?[] found =
        [
            CertificateNumber.Check(number),
            name.Length is 0 or > LongestName ? Refusal.OfField("name", "HolderNameMissing") : null,
        ];
        return [.. found.OfType<Refusal>()];
    }

    private Standing StandingOf(CertificateEntry certificate, DateOnly today)
    {
        var status = certificate.StatusOn(today, rules);
        AppliedRule? rule = rules.RuleFor(status, today, certificate.Category, certificate.Dates)?.Rules[0];
        return new Standing(
            certificate.Category, certificate.SubItem, certificate.Dates.IssuedOn, certificate.Dates.ExpiresOn, status, CertificateLights.Of(status), certificate.RevokedOn ?? certificate.Dates.DayOf(status), rule?.Rule.Id, rule?.On);
    }

    private static IResult Answer(Outcome<Checked> outcome)
    {
        if (outcome.IsDone) return Results.Ok(outcome.Value);
        var usual = OutcomeResults.ToProblem(outcome.Refusals);
        if (outcome.Refusals[0].Code != "TooManyChecks" || usual is not ProblemHttpResult { ProblemDetails: var problem }) return usual;
        problem.Status = StatusCodes.Status429TooManyRequests;
        return Results.Problem(problem);
    }
}
