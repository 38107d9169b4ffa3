using System.Collections.Concurrent;
using System.Text.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Scopes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Welding.Machines;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Welding.Profiles;

/// <summary>Whose profile.</summary>
internal readonly record struct ProfileKey(ProfileSubject Subject, Guid Of);

/// <summary>
/// Keeps the profiles of the running month: those whom a commit spoke of are worked out anew, all of them once a day and at the first run, because certificates expire and records leave the window by time alone.
/// What was heard lies in memory: after a crash the first run makes up for it.
/// </summary>
internal sealed class ProfileDesk(IServiceScopeFactory scopes, MachineIndex machines, CityCalendar calendar) : IConcernListener, IDisposable
{
    private const int Part = 400;
    private readonly ConcurrentDictionary<Concern, byte> _touched = new();
    private readonly ConcurrentDictionary<Guid, Guid> _users = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private DateOnly? _allOn;

    public void Concerned(Concern subject) => _touched[subject] = 0;

    /// <summary>Works out what is due; returns whose profile that was.</summary>
    public async Task<IReadOnlyCollection<ProfileKey>> RunAsync(CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            var today = calendar.Today;
            if (_allOn == today && _touched.IsEmpty) return [];
            var taken = _touched.Keys.Where(subject => _touched.TryRemove(subject, out _)).ToList();
            try
            {
                if (_allOn == today) return await WorkOutAsync([.. taken.SelectMany(MeantBy).Distinct()], isAll: false, stop);
                var all = await WorkOutAsync(await EverybodyAsync(stop), isAll: true, stop);
                _allOn = today;
                return all;
            }
            catch
            {
                foreach (var subject in taken) Concerned(subject);
                throw;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Forgets when all were worked out: the next run works them all out again.</summary>
    public void BeginAnew() => _allOn = null;

    public void Dispose() => _turn.Dispose();

    private IEnumerable<ProfileKey> MeantBy(Concern subject)
    {
        switch (subject.Kind)
        {
            case Concern.Machine:
                yield return new ProfileKey(ProfileSubject.Machine, subject.Id);
                if (machines.Find(new MachineId(subject.Id)) is { } machine) yield return new ProfileKey(ProfileSubject.Enterprise, machine.UserEnterprise.Value);
                // A machine that changed hands is missing elsewhere now.
                if (_users.TryGetValue(subject.Id, out var former)) yield return new ProfileKey(ProfileSubject.Enterprise, former);
                break;
            case Concern.Person:
                yield return new ProfileKey(ProfileSubject.Welder, subject.Id);
                using (var scope = scopes.CreateScope())
                {
                    foreach (var binding in scope.ServiceProvider.GetRequiredService<IEmployment>().BindingsOf(new PersonId(subject.Id), calendar.Today)) yield return new ProfileKey(ProfileSubject.Enterprise, binding.Enterprise.Value);
                }

                break;
            case Concern.Enterprise:
                yield return new ProfileKey(ProfileSubject.Enterprise, subject.Id);
                break;
        }
    }

    private async Task<List<ProfileKey>> EverybodyAsync(CancellationToken stop)
    {
        await using var scope = Open();
        var services = scope.ServiceProvider;
        var (standing, counts) = (services.GetRequiredService<StandingRecords>(), services.GetRequiredService<CountProfiles>());
        var starters = await services.GetRequiredService<ToldRecords>().StartersAsync(counts.WindowOf(ProfileFormula.On(calendar.Today)), stop);
        var welders = services.GetRequiredService<IPeople>().Within(Scope.Everything).Where(standing.IsWelder).Select(person => person.Value).Union(starters);
        var enterprises = services.GetRequiredService<IEnterprises>().Search(null, int.MaxValue, Scope.Everything).Select(enterprise => enterprise.Id.Value);
        return
        [
            .. machines.All.Select(machine => new ProfileKey(ProfileSubject.Machine, machine.Id.Value)),
            .. welders.Select(welder => new ProfileKey(ProfileSubject.Welder, welder)),
            .. enterprises.Select(enterprise => new ProfileKey(ProfileSubject.Enterprise, enterprise)),
        ];
    }

    private async Task<IReadOnlyCollection<ProfileKey>> WorkOutAsync(List<ProfileKey> keys, bool isAll, CancellationToken stop)
    {
        foreach (var part in keys.GroupBy(key => key.Subject).SelectMany(subject => subject.Select(key => key.Of).Chunk(Part).Select(ids => (subject.Key, Ids: ids))))
        {
            await using var scope = Open();
            await WriteAsync(scope.ServiceProvider, part.Key, part.Ids, stop);
        }

        if (isAll) await RemoveOthersAsync(keys, stop);
        return keys;
    }

    private async Task WriteAsync(IServiceProvider services, ProfileSubject subject, Guid[] ids, CancellationToken stop)
    {
        var (db, standing) = (services.GetRequiredService<AnlanDb>(), services.GetRequiredService<StandingRecords>());
        var (today, formula) = (calendar.Today, ProfileFormula.On(calendar.Today));
        var month = MonthOf(today);
        var scored = await services.GetRequiredService<CountProfiles>().ScoreAsync(subject, ids, stop);
        var rows = await db.Set<ProfileMonth>().Where(p => p.Subject == subject && p.Month == month && ids.Contains(p.Of)).ToDictionaryAsync(p => p.Of, stop);
        foreach (var (id, profile) in scored)
        {
            if (subject == ProfileSubject.Machine && machines.Find(new MachineId(id)) is { } machine) _users[id] = machine.UserEnterprise.Value;
            var row = rows.GetValueOrDefault(id);
            if (!Exists(services, subject, id, profile))
            {
                if (row is not null) db.Remove(row);
                continue;
            }

            if (row is null) db.Add(row = new ProfileMonth { Subject = subject, Of = id, Month = month, EndsAt = calendar.StartOf(month.AddMonths(1)), Dimensions = "", Formula = "" });
            row.Score = profile.Score;
            row.Dimensions = JsonSerializer.Serialize(profile.Dimensions, JsonSerializerOptions.Web);
            row.Formula = formula.Version;
            row.Peers = standing.PeersOf(subject, id, formula);
        }

        await db.SaveAsync(stop);
    }

    // Whoever is bound as an office worker is no welder; what left the registry has no profile from now on.
    private static bool Exists(IServiceProvider services, ProfileSubject subject, Guid id, ScoredProfile profile) => profile.Score is not null && subject switch
    {
        ProfileSubject.Welder => services.GetRequiredService<IPeople>().Find(new PersonId(id)) is not null && profile.Dimensions.Any(dimension => dimension is { Key: Dimensions.Certificates or Dimensions.Starts, Records: > 0 }),
        ProfileSubject.Enterprise => services.GetRequiredService<IEnterprises>().Find(new EnterpriseId(id)) is not null,
        _ => services.GetRequiredService<MachineIndex>().Find(new MachineId(id)) is { ScrapReason: null },
    };

    private async Task RemoveOthersAsync(List<ProfileKey> keys, CancellationToken stop)
    {
        await using var scope = Open();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        var (month, known) = (MonthOf(calendar.Today), keys.ToHashSet());
        var kept = await db.Set<ProfileMonth>().AsNoTracking().Where(p => p.Month == month).Select(p => new { p.Subject, p.Of }).ToListAsync(stop);
        foreach (var gone in kept.Where(row => !known.Contains(new ProfileKey(row.Subject, row.Of))))
        {
            db.Remove(await db.Set<ProfileMonth>().SingleAsync(p => p.Subject == gone.Subject && p.Of == gone.Of && p.Month == month, stop));
        }

        await db.SaveAsync(stop);
    }

    internal static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);

    private AsyncServiceScope Open()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        return scope;
    }
}
