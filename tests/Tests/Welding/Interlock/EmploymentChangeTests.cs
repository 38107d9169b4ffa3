using System.Globalization;
using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.Employments;
using Anlan.Enterprises.People;
using Anlan.Enterprises.Registry;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Tests.Enterprises;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Outbox;
using Anlan.Training.Certificates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Welding.Interlock;

/// <summary>From the register of who works for whom to the relay: nothing here is faked but the chips' sensors.</summary>
public sealed class EmploymentChangeTests
{
    private const string Town = "330521001";

    [Fact]
    public async Task A_welder_starts_only_where_he_works_whether_he_changes_works_for_two_or_for_himself()
    {
        await using var host = await RealHostAsync();
        var (steel, yard, own) = (await AnEnterpriseAsync(host, "Steel"), await AnEnterpriseAsync(host, "Yard"), await AnEnterpriseAsync(host, "Own shop", EnterpriseKind.SelfEmployed));
        var machines = new Dictionary<string, (AMachine Machine, AChip Chip)>(StringComparer.Ordinal);
        foreach (var (name, user) in new[] { ("steel", steel), ("yard", yard), ("own", own) })
        {
            var machine = await host.AMachineAsync(user: new EnterpriseId(user));
            machines[name] = (machine, await host.SwitchOnAsync(machine));
        }

        var (welder, _) = await ACertifiedWelderAsync(host);
        Assert.Equal("steel:NotBoundToEnterprise yard:NotBoundToEnterprise own:NotBoundToEnterprise", await StartsAsync());

        // Employed.
        var atSteel = await BindAsync(host, welder, steel, BindingKind.Permanent);
        Assert.Equal("steel:powered yard:NotBoundToEnterprise own:NotBoundToEnterprise", await StartsAsync());

        // Changes: bound to the new one while a session at the old one still runs; leaving the old one cuts it, and from then on only the new one's machine starts.
        await StartedAsync(machines["steel"]);
        var atYard = await BindAsync(host, welder, yard, BindingKind.Permanent);
        Assert.Contains("SessionOpenElsewhere", (await host.StartAsync(machines["yard"].Machine, new PersonId(welder))).Refusals.Select(refusal => refusal.Code));
        await EndAsync(host, atSteel);
        await WeldingHost.UntilAsync(() => !machines["steel"].Chip.IsPowered && host.Sessions.At(machines["steel"].Machine.Id) is null);
        Assert.Equal("steel:NotBoundToEnterprise yard:powered own:NotBoundToEnterprise", await StartsAsync());

        // Works for two: either starts, one at a time.
        await BindAsync(host, welder, steel, BindingKind.Temporary, host.Get<CityCalendar>().Today.AddDays(30));
        Assert.Equal("steel:powered yard:powered own:NotBoundToEnterprise", await StartsAsync());

        // Leaves one of two: what runs at the other goes on.
        await StartedAsync(machines["steel"]);
        await EndAsync(host, atYard);
        await ToldAsync(host);
        Assert.True(machines["steel"].Chip.IsPowered);
        await StoppedAsync(machines["steel"]);

        // Self-employed besides.
        await BindAsync(host, welder, own, BindingKind.SelfEmployed);
        Assert.Equal("steel:powered yard:NotBoundToEnterprise own:powered", await StartsAsync());

        async Task<string> StartsAsync()
        {
            var answers = new List<string>();
            foreach (var (name, at) in machines)
            {
                var started = await host.StartAsync(at.Machine, new PersonId(welder));
                answers.Add($"{name}:{(started.Refusals.Count == 0 ? "powered" : string.Join('+', started.Refusals.Select(refusal => refusal.Code)))}");
                if (started.Refusals.Count > 0) continue;
                await WeldingHost.UntilAsync(() => at.Chip.IsPowered);
                await StoppedAsync(at);
            }

            return string.Join(' ', answers);
        }

        async Task StartedAsync((AMachine Machine, AChip Chip) at)
        {
            Assert.Empty((await host.StartAsync(at.Machine, new PersonId(welder))).Refusals);
            await WeldingHost.UntilAsync(() => at.Chip.IsPowered);
        }

        async Task StoppedAsync((AMachine Machine, AChip Chip) at)
        {
            await host.Twin(at.Machine).StopAsync(welder, Guid.Empty);
            await WeldingHost.UntilAsync(() => !at.Chip.IsPowered && host.Sessions.At(at.Machine.Id) is null);
        }
    }

    [Fact]
    public async Task After_the_last_day_of_a_binding_a_running_machine_stops_and_none_starts()
    {
        await using var host = await RealHostAsync();
        var calendar = host.Get<CityCalendar>();
        // Two minutes before a midnight.
        host.Clock.Advance(calendar.EndOf(calendar.Today.AddDays(1)) - calendar.Now - TimeSpan.FromMinutes(2));
        var works = await AnEnterpriseAsync(host, "Steel");
        var machine = await host.AMachineAsync(user: new EnterpriseId(works));
        var chip = await host.SwitchOnAsync(machine);
        var (welder, _) = await ACertifiedWelderAsync(host);
        await BindAsync(host, welder, works, BindingKind.Temporary, calendar.Today);
        var started = await host.StartAsync(machine, new PersonId(welder));
        Assert.Empty(started.Refusals);
        await WeldingHost.UntilAsync(() => chip.IsPowered);
        // The chip itself holds no grant beyond the last day: it cuts also without a network.
        Assert.Equal(calendar.EndOf(calendar.Today), host.Sessions.At(machine.Id)!.LeaseUntil);

        host.Clock.Advance(TimeSpan.FromMinutes(4));
        await host.Get<UnbindAtEnd>().RunAsync(calendar.Today, CancellationToken.None);

        await WeldingHost.UntilAsync(() => !chip.IsPowered && host.Sessions.At(machine.Id) is null);
        Assert.Equal("leaseEnd", (await host.SessionRowAsync(started.Session!.Value))?.EndReason);
        Assert.Contains("NotBoundToEnterprise", (await host.StartAsync(machine, new PersonId(welder))).Refusals.Select(refusal => refusal.Code));
    }

    [Fact]
    public async Task A_certificate_revoked_at_the_desk_cuts_the_machine_that_runs_on_it()
    {
        await using var host = await RealHostAsync();
        var works = await AnEnterpriseAsync(host, "Steel");
        var machine = await host.AMachineAsync(user: new EnterpriseId(works));
        var chip = await host.SwitchOnAsync(machine);
        var (welder, certificate) = await ACertifiedWelderAsync(host);
        await BindAsync(host, welder, works, BindingKind.Permanent);
        var started = await host.StartAsync(machine, new PersonId(welder));
        Assert.Empty(started.Refusals);
        await WeldingHost.UntilAsync(() => chip.IsPowered);

        Assert.True((await DoAsync<RevokeCertificate, Outcome>(host, slice => slice.RunAsync(certificate, new RevokeCertificate.Request("false papers"), CancellationToken.None))).IsDone);

        await WeldingHost.UntilAsync(() => !chip.IsPowered && host.Sessions.At(machine.Id) is null);
        Assert.Equal("CertificateRevoked", (await host.SessionRowAsync(started.Session!.Value))?.EndReason);
    }

    // Every event has reached its subscribers.
    private static async Task ToldAsync(WeldingHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        await WeldingHost.UntilAsync(() => !db.Set<OutboxMessage>().AsNoTracking().Any());
    }

    private static Task<WeldingHost> RealHostAsync() => WeldingHost.StartAsync(adjust: services =>
    {
        foreach (var faked in services.Where(service => service.ImplementationInstance is FactsBook).ToList()) services.Remove(faked);
    });

    private static async Task<Guid> AnEnterpriseAsync(WeldingHost host, string name, EnterpriseKind kind = EnterpriseKind.Company) =>
        (await DoneAsync<RegisterEnterprise, RegisterEnterprise.Registered>(host, slice => slice.RunAsync(new EnterpriseFields(name, kind == EnterpriseKind.Company ? Numbers.CreditCode() : null, Town, null, kind), CancellationToken.None))).Id;

    private static async Task<(Guid Person, Guid Certificate)> ACertifiedWelderAsync(WeldingHost host)
    {
        var today = host.Get<CityCalendar>().Today;
        var person = (await DoneAsync<AddPerson, AddPerson.Added>(host, slice => slice.RunAsync(new AddPerson.Request("Shen Anlan", Numbers.IdentityNumber(), null), CancellationToken.None))).Id;
        var certificate = await DoneAsync<EnterCertificate, EnterCertificate.Entered>(host, slice => slice.RunAsync(
            new EnterCertificate.Request(person, Numbers.CertificateNumber(), "welding", "fusion", today.AddDays(-30), null, null, today.AddYears(5), null), CancellationToken.None));
        return (person, certificate.Id);
    }

    private static async Task<Guid> BindAsync(WeldingHost host, Guid person, Guid enterprise, BindingKind kind, DateOnly? to = null) =>
        (await DoneAsync<BindPerson, BindPerson.Bound>(host, slice => slice.RunAsync(new BindPerson.Request(person, enterprise, kind, host.Get<CityCalendar>().Today, to), CancellationToken.None))).Id;

    private static async Task EndAsync(WeldingHost host, Guid employment) =>
        Assert.True((await DoAsync<EndEmployment, Outcome>(host, slice => slice.RunAsync(employment, new EndEmployment.Request(null, "left"), CancellationToken.None))).IsDone);

    private static async Task<T> DoneAsync<TSlice, T>(WeldingHost host, Func<TSlice, Task<Outcome<T>>> act) where TSlice : notnull
    {
        var outcome = await DoAsync(host, act);
        Assert.True(outcome.IsDone, string.Join(", ", outcome.Refusals.Select(refusal => string.Create(CultureInfo.InvariantCulture, $"{refusal.Field}:{refusal.Code}"))));
        return outcome.Value;
    }

    private static async Task<T> DoAsync<TSlice, T>(WeldingHost host, Func<TSlice, Task<T>> act) where TSlice : notnull
    {
        await using var scope = host.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        return await act(scope.ServiceProvider.GetRequiredService<TSlice>());
    }
}
