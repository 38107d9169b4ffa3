using System.Text.Json;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding.Profiles;

/// <summary>One profile: the score of this moment with every deduction, the months before, and the peers' average.</summary>
internal sealed class ShowProfile(WeldingDb db, FindSubject find, CountProfiles counts, StandingRecords standing, CurrentActor actor, CityCalendar calendar)
{
    private const int Months = 12;

    public static void Map(IEndpointRouteBuilder api)
    {
        Describe(api.MapGet("/enterprises/{enterprise:guid}/profile", (Guid enterprise, ShowProfile slice, CancellationToken stop) => slice.RunAsync(ProfileSubject.Enterprise, enterprise, stop).ToHttpAsync()), "The profile of an enterprise");
        Describe(api.MapGet("/people/{person:guid}/profile", (Guid person, ShowProfile slice, CancellationToken stop) => slice.RunAsync(ProfileSubject.Welder, person, stop).ToHttpAsync()), "The profile of a welder");
        Describe(api.MapGet("/machines/{code}/profile", (string code, ShowProfile slice, FindSubject find, CancellationToken stop) => slice.RunAsync(ProfileSubject.Machine, find.MachineOf(code), stop).ToHttpAsync()), "The profile of a machine");
        api.MapGet("/welding/formulas", () => ProfileFormula.All).RequirePermission(WeldingPermissions.View).Scoped(ScopedBy.Everybody).WithTags("Profiles").WithSummary("The formula of profiles in all its versions");
    }

    private static void Describe(RouteHandlerBuilder route, string summary) =>
        route.RequirePermission(WeldingPermissions.View).Produces<ShownProfile>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).ShowsPeople().WithTags("Profiles").WithSummary(summary);

    /// <summary>The profile of the welder who asks, or null for an account that stands for nobody.</summary>
    public async Task<ShownProfile?> OwnAsync(CancellationToken stop) =>
        actor.Actor.Person is { } person && await RunAsync(ProfileSubject.Welder, person, stop) is { IsDone: true } own ? own.Value : null;

    public async Task<Outcome<ShownProfile>> RunAsync(ProfileSubject subject, Guid id, CancellationToken stop)
    {
        if (find.Find(subject, id) is not { } named) return new Refusal("ProfileUnknown");
        var formula = ProfileFormula.On(calendar.Today);
        var month = ProfileDesk.MonthOf(calendar.Today);
        var profile = (await counts.ScoreAsync(subject, [id], stop))[id];
        var (peers, average) = await PeersAsync(subject, id, month, formula, stop);
        var past = await db.Profiles.AsNoTracking().Where(p => p.Subject == subject && p.Of == id && p.Month < month).OrderByDescending(p => p.Month).Take(Months - 1).ToListAsync(stop);
        return new ShownProfile(
            subject, id, named.Name, named.Address, profile.Score,
            [.. profile.Dimensions.Select(d => new ShownDimension(d.Key, d.Weight, d.Records, d.Score, d.Deductions, average(d.Key)))],
            peers, formula.LeastPeers, [.. past.AsEnumerable().Reverse().Select(p => new ProfilePoint(p.Month, p.Score, p.Formula)), new ProfilePoint(month, profile.Score, formula.Version)], formula.Version, calendar.Now);
    }

    private async Task<(PeerGroup? Peers, Func<string, double?> Average)> PeersAsync(ProfileSubject subject, Guid id, DateOnly month, ProfileFormula formula, CancellationToken stop)
    {
        if (standing.PeersOf(subject, id, formula) is not { } group) return (null, _ => null);
        var rows = await db.Profiles.AsNoTracking().Where(p => p.Subject == subject && p.Month == month && p.Peers == group && p.Of != id && p.Score != null).Select(p => new { p.Score, p.Dimensions }).ToListAsync(stop);
        if (rows.Count < formula.LeastPeers) return (null, _ => null);
        var scores = rows.SelectMany(row => JsonSerializer.Deserialize<List<ScoredDimension>>(row.Dimensions, JsonSerializerOptions.Web) ?? [])
            .Where(d => d.Score is not null).GroupBy(d => d.Key).Where(d => d.Count() >= formula.LeastPeers).ToDictionary(d => d.Key, d => Math.Round(d.Average(one => one.Score!.Value), 1));
        var parts = group.Split('/');
        return (new PeerGroup(rows.Count, Math.Round(rows.Average(row => row.Score!.Value), 1), parts[0], parts[1]), key => scores.TryGetValue(key, out var score) ? score : null);
    }
}
