using Anlan.Accounts.Invitations;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Roles;
using Anlan.Accounts.Sessions;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Personal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Slips;

/// <summary>
/// Invites all welders of an enterprise or a division in one go: whoever is bound there today, holds a certificate and has no account. Each hundred is one commit, so that what
/// is printed is exactly what was saved.
/// </summary>
internal sealed class InviteMany(
    AccountsDb db, AccountIndex index, RoleBook roles, NewInvitation invitations, SlipSheets sheets, IPeople people, IEmployment employment, IEnterprises enterprises, IDivisions divisions, IQualifications qualifications,
    CurrentActor current, CurrentScope scope, PeopleSeen seen, CityCalendar calendar)
{
    private const int Chunk = 100;

    /// <param name="Enterprise">Only people bound to this enterprise.</param>
    /// <param name="Division">Only people bound to enterprises in this division.</param>
    /// <param name="Again">Also those whose slip still serves: it is replaced.</param>
    public sealed record Request(Guid? Enterprise = null, string? Division = null, bool Again = false);

    /// <param name="Welders">People with a certificate who are bound there today.</param>
    /// <param name="HaveAccount">Of these, with an account.</param>
    /// <param name="HaveSlip">Without one, whose slip still serves.</param>
    /// <param name="Enterprises">Enterprises of those to be invited.</param>
    /// <param name="ToInvite">For how many slips would be made.</param>
    public sealed record Counted(int Welders, int HaveAccount, int HaveSlip, int Enterprises, int ToInvite);

    /// <param name="Sheet">To be printed at <c>/accounts/slips/{sheet}</c> for half an hour.</param>
    /// <param name="ExpiresAt">End of the codes.</param>
    /// <param name="Slips">All of them, codes in plain, told this once.</param>
    /// <param name="Left">How many could not be saved because they changed meanwhile.</param>
    public sealed record Made(Guid Sheet, DateTimeOffset ExpiresAt, IReadOnlyList<SheetSlip> Slips, int Left);

    private sealed record Candidate(PersonId Person, string Name, EnterpriseFacts Employer);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/invitations/many", (Request request, InviteMany slice, CancellationToken stop) => slice.RunAsync(request, null, stop).ToAnswerAsync())
            .RequirePermission(AccountsPermissions.Invite).Produces<Made>().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).ShowsPeople()
            .WithTags("Accounts").WithSummary("Invite all welders of an enterprise or a division who have no account; the codes are told once");

    /// <summary>How many slips would be made.</summary>
    public async Task<Outcome<Counted>> CountAsync(Request request, CancellationToken stop)
    {
        if (Check(request) is { } refusal) return refusal;
        var welders = Welders(request);
        var without = welders.Where(candidate => index.FindByPerson(candidate.Person) is null).ToList();
        var serving = await ServingAsync(stop);
        var invited = request.Again ? without : [.. without.Where(candidate => !serving.Contains(candidate.Person))];
        return new Counted(welders.Count, welders.Count - without.Count, without.Count(candidate => serving.Contains(candidate.Person)), invited.Select(candidate => candidate.Employer.Id).Distinct().Count(), invited.Count);
    }

    /// <param name="request">Whom.</param>
    /// <param name="progress">Told how many are done of how many; null when nobody looks on.</param>
    /// <param name="stop">Cancels; what was saved so far is on the sheet.</param>
    public async Task<Outcome<Made>> RunAsync(Request request, Func<int, int, Task>? progress, CancellationToken stop)
    {
        if (Check(request) is { } refusal) return refusal;
        var serving = await ServingAsync(stop);
        var waiting = Welders(request).Where(candidate => index.FindByPerson(candidate.Person) is null && (request.Again || !serving.Contains(candidate.Person))).ToList();
        if (waiting.Count == 0) return new Refusal("NobodyToInvite");

        var (slips, done, expiresAt) = (new List<SheetSlip>(waiting.Count), 0, calendar.Now + Invitation.Lifetime);
        foreach (var chunk in waiting.Chunk(Chunk))
        {
            var made = new List<SheetSlip>(chunk.Length);
            foreach (var (person, name, employer) in chunk)
            {
                var (_, code, until) = await invitations.AddAsync(RoleNames.Welder, new NewInvitation.Owner(Person: person), null, null, stop);
                made.Add(new SheetSlip(person.Value, name, employer.Name, code));
                expiresAt = until < expiresAt ? until : expiresAt;
            }

            if (await db.Context.TrySaveAsync(stop)) slips.AddRange(made);
            db.Context.ChangeTracker.Clear();
            done += chunk.Length;
            if (progress is not null) await progress(done, waiting.Count);
        }

        if (slips.Count == 0) return new Refusal("ChangedMeanwhile");
        var sheet = new SlipSheet(Guid.CreateVersion7(), slips, expiresAt);
        sheets.Put(sheet, current.Actor.Account);
        seen.Add(AccountViews.Holder, slips.Select(slip => slip.Person));
        return new Made(sheet.Id, expiresAt, slips, waiting.Count - slips.Count);
    }

    private Refusal? Check(Request request)
    {
        if (!InvitationRules.IsOpenTo(roles, current.Actor, RoleNames.Welder)) return new Refusal("Forbidden");
        if (request.Enterprise is { } enterprise && !(enterprises.IsWithin(new EnterpriseId(enterprise), scope.Now) && enterprises.Find(new EnterpriseId(enterprise)) is { IsActive: true })) return Refusal.OfField("enterprise", "EnterpriseUnknown");
        return !string.IsNullOrEmpty(request.Division) && divisions.Find(new DivisionCode(request.Division)) is null ? Refusal.OfField("division", "DivisionUnknown") with { Measured = FactValue.Text(request.Division) } : null;
    }

    // In the order in which slips are handed out: by town, enterprise, name. Whoever works for two is handed one slip.
    private List<Candidate> Welders(Request request)
    {
        var (now, today) = (scope.Now, calendar.Today);
        DivisionCode? division = string.IsNullOrEmpty(request.Division) ? null : new DivisionCode(request.Division);
        var found = new List<Candidate>();
        foreach (var person in people.Within(now))
        {
            if (qualifications.CertificatesOf(person).Count == 0 || people.Find(person) is not { } facts) continue;
            var employers = employment.BindingsOf(person, today).Select(binding => binding.Enterprise)
                .Where(id => (request.Enterprise is not { } only || id.Value == only) && enterprises.IsWithin(id, now)).Select(enterprises.Find).OfType<EnterpriseFacts>()
                .Where(works => works.IsActive && (division is not { } outer || works.Division.IsWithin(outer)));
            if (employers.MinBy(works => works.Name, StringComparer.Ordinal) is { } employer) found.Add(new Candidate(person, facts.MaskedName, employer));
        }

        return [.. found.OrderBy(candidate => candidate.Employer.Division).ThenBy(candidate => candidate.Employer.Name, StringComparer.Ordinal).ThenBy(candidate => candidate.Name, StringComparer.Ordinal).ThenBy(candidate => candidate.Person.Value)];
    }

    private async Task<HashSet<PersonId>> ServingAsync(CancellationToken stop)
    {
        var now = calendar.Now;
        return [.. (await db.Invitations.AsNoTracking().Where(i => i.Person != null && i.ClosedAt == null && i.ExpiresAt > now).Select(i => i.Person).ToListAsync(stop)).OfType<PersonId>()];
    }
}
