using Anlan.Contracts.Devices;
using Anlan.Contracts.Training;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Alarms;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;

namespace Anlan.Welding.Alarms;

/// <summary>Sessions that go on for too long, whose chip fell silent, or whose welder's certificate ends soon.</summary>
internal sealed class SessionWatch(OpenSessions sessions, MachineIndex machines, IDevices devices, IQualifications qualifications, AlarmLimits limits, CityCalendar calendar) : IAlarmWatch
{
    public IReadOnlyList<AlarmKind> Kinds { get; } = [WeldingAlarms.Long, WeldingAlarms.Offline, WeldingAlarms.Certificate];

    public Task<IReadOnlyList<AlarmSignal>> LookAsync(DateTimeOffset now, CancellationToken stop)
    {
        var found = new List<AlarmSignal>();
        foreach (var open in sessions.All)
        {
            if (machines.Find(open.Machine) is not { } machine) continue;
            found.AddRange(new[] { Long(open, machine, now), Silent(open, machine, now), Expiring(open, machine, now) }.OfType<AlarmSignal>());
        }

        return Task.FromResult<IReadOnlyList<AlarmSignal>>(found);
    }

    private AlarmSignal? Long(OpenSession open, MachineFacts machine, DateTimeOffset now)
    {
        var (rule, lasted) = (limits.Of(AlarmLimits.Session, machine), now - open.StartedAt);
        return lasted <= rule.Span ? null : machine.Signal(WeldingAlarms.Long, now).By(rule, FactValue.Of(lasted), FactValue.Of(rule.Span));
    }

    private AlarmSignal? Silent(OpenSession open, MachineFacts machine, DateTimeOffset now)
    {
        if (open.State == SessionState.Authorised || devices.StateOf(open.Chip) is not { IsOnline: false, RelayClosed: true, LastSeen: { } heard }) return null;
        var rule = limits.Of(AlarmLimits.Offline, machine);
        return now - heard <= rule.Span ? null : machine.Signal(WeldingAlarms.Offline, now).By(rule, FactValue.Of(now - heard), FactValue.Of(rule.Span));
    }

    private AlarmSignal? Expiring(OpenSession open, MachineFacts machine, DateTimeOffset now)
    {
        if (qualifications.CertificatesOf(open.Person).FirstOrDefault(held => held.Id == open.Certificate) is not { } certificate) return null;
        var rule = limits.Of(AlarmLimits.Certificate, machine);
        return certificate.ExpiresOn.DayNumber - calendar.DateOf(now).DayNumber > rule.Limit ? null : machine.Signal(WeldingAlarms.Certificate, now).By(rule, FactValue.Of(certificate.ExpiresOn), FactValue.Of(rule.Span));
    }
}
