using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Data;
using Anlan.Welding.Machines;
using Anlan.Welding.Problems;
using Anlan.Welding.Profiles;
using Anlan.Welding.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Tests.Welding.Profiles;

public sealed class ProfileDeskTests
{
    [Fact]
    public async Task A_change_of_one_record_works_out_its_subjects_only()
    {
        await using var host = await ProfilesHost.StartAsync();
        var (works, other) = (host.Neighbours.AnEnterprise(), host.Neighbours.AnEnterprise());
        var (machine, idle) = (await host.AMachineAsync(works), await host.AMachineAsync(works));
        var foreign = await host.AMachineAsync(other);
        var (welder, colleague) = (host.Neighbours.AWelder(works), host.Neighbours.AWelder(works));
        var all = await host.Desk.RunAsync(CancellationToken.None);

        var nothing = await host.Desk.RunAsync(CancellationToken.None);
        await host.AddAsync(host.ARefusal(machine, welder, host.Now, isUnlicensed: true));
        var refused = await host.Desk.RunAsync(CancellationToken.None);
        await host.EditAsync(idle, m => m.LockReason = "smoke");
        var locked = await host.Desk.RunAsync(CancellationToken.None);
        host.Neighbours.Revoke(colleague);
        host.Desk.Concerned(new Concern(Concern.Person, colleague.Value));
        var revoked = await host.Desk.RunAsync(CancellationToken.None);

        Assert.Equal(new HashSet<ProfileKey> { Machine(machine), Machine(idle), Machine(foreign), Welder(welder), Welder(colleague), Enterprise(works), Enterprise(other) }, all.ToHashSet());
        Assert.Empty(nothing);
        Assert.Equal([Enterprise(works), Welder(welder), Machine(machine)], refused.OrderBy(key => key.Subject));
        Assert.Equal([Enterprise(works), Machine(idle)], locked.OrderBy(key => key.Subject));
        Assert.Equal([Enterprise(works), Welder(colleague)], revoked.OrderBy(key => key.Subject));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_grew_record_by_record_is_what_a_whole_count_finds(int seed)
    {
        await using var host = await ProfilesHost.StartAsync();
        var dice = new Random(seed);
        var works = Enumerable.Range(0, 3).Select(_ => host.Neighbours.AnEnterprise()).ToArray();
        var welders = Enumerable.Range(0, 4).Select(i => host.Neighbours.AWelder(works[i % 3])).ToArray();
        var machines = new List<WeldingMachine>();
        for (var i = 0; i < 5; i++) machines.Add(await host.AMachineAsync(works[i % 3], chip: i % 2 == 0 ? $"CHIP-{i}" : null));
        await host.Desk.RunAsync(CancellationToken.None);

        for (var step = 0; step < 24; step++)
        {
            var (machine, welder, at) = (machines[dice.Next(machines.Count)], welders[dice.Next(welders.Length)], host.Now.AddDays(-dice.Next(120)));
            switch (step % 8)
            {
                case 0 or 1:
                    await host.AddAsync(host.ARefusal(machine, welder, at, isUnlicensed: dice.Next(2) == 0));
                    break;
                case 2:
                    await host.AddAsync(host.ASession(machine, welder, at, revoked: dice.Next(2) == 0 ? "MachineLocked" : null, isConfirmed: dice.Next(2) == 0));
                    break;
                case 3:
                    await host.AddAsync(host.AnIncident(machine, dice.Next(2) == 0 ? IncidentKind.Ungranted : IncidentKind.Tampered, at));
                    break;
                case 4:
                    await host.EditAsync(machine, m => m.UserEnterprise = works[dice.Next(3)]);
                    break;
                case 5:
                    await host.EditAsync(machine, m => m.LockReason = dice.Next(2) == 0 ? "smoke" : null);
                    break;
                case 6:
                    await host.ReadAsync(async db =>
                    {
                        if (await db.Set<RefusedStart>().OrderBy(r => r.Seq).FirstOrDefaultAsync() is { } first) db.Remove(first);
                        await db.SaveAsync();
                        return true;
                    });
                    break;
                case 7:
                    await host.EditAsync(machine, m => m.ScrapReason = dice.Next(3) == 0 ? "worn out" : null);
                    break;
            }

            await host.Desk.RunAsync(CancellationToken.None);
        }

        var grown = await host.ProfilesAsync();
        host.Desk.BeginAnew();
        await host.Desk.RunAsync(CancellationToken.None);

        Assert.NotEmpty(grown);
        Assert.Equal(await host.ProfilesAsync(), grown);
    }

    [Fact]
    public async Task What_time_alone_changes_is_found_on_the_next_day()
    {
        await using var host = await ProfilesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        var welder = host.Neighbours.AWelder(works, expiresOn: new DateOnly(2040, 3, 5));
        await host.Desk.RunAsync(CancellationToken.None);
        var before = await ScoreAsync(host, ProfileSubject.Welder, welder.Value);

        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.Desk.RunAsync(CancellationToken.None);

        Assert.True(before > await ScoreAsync(host, ProfileSubject.Welder, welder.Value));
    }

    [Fact]
    public async Task A_month_that_ended_stays_as_it_was_and_the_trend_shows_it()
    {
        await using var host = await ProfilesHost.StartAsync();
        var machine = await host.AMachineAsync(host.Neighbours.AnEnterprise(), chip: "CHIP-1");
        await host.Desk.RunAsync(CancellationToken.None);
        host.Clock.Advance(TimeSpan.FromDays(31));
        host.Neighbours.Hear("CHIP-1", host.Now, isOnline: true);
        await host.AddAsync(host.AnIncident(machine, IncidentKind.Ungranted, host.Now));
        await host.Desk.RunAsync(CancellationToken.None);

        var trend = (await host.GetAsync($"machines/{machine.Code}/profile")).GetProperty("trend").EnumerateArray().Select(point => (point.GetProperty("month").GetString(), point.GetProperty("score").GetDouble())).ToList();

        Assert.Equal([("2040-03-01", 100), ("2040-04-01", 80)], trend);
    }

    [Fact]
    public async Task Whoever_left_the_registry_has_no_profile_any_more()
    {
        await using var host = await ProfilesHost.StartAsync();
        var works = host.Neighbours.AnEnterprise();
        var machine = await host.AMachineAsync(works);
        await host.Desk.RunAsync(CancellationToken.None);

        await host.SaveAsync(db => db.Remove(machine));
        await host.Desk.RunAsync(CancellationToken.None);

        Assert.Empty(await host.ProfilesAsync());
    }

    private static Task<double?> ScoreAsync(ProfilesHost host, ProfileSubject subject, Guid id) => host.ReadAsync(db => db.Set<ProfileMonth>().Where(p => p.Subject == subject && p.Of == id).Select(p => p.Score).SingleAsync());

    private static ProfileKey Machine(WeldingMachine machine) => new(ProfileSubject.Machine, machine.Id.Value);

    private static ProfileKey Welder(PersonId person) => new(ProfileSubject.Welder, person.Value);

    private static ProfileKey Enterprise(EnterpriseId enterprise) => new(ProfileSubject.Enterprise, enterprise.Value);
}
