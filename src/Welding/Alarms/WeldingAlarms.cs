using Anlan.Toolkit.Alarms;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Welding.Alarms;

/// <summary>The conditions of welding machines of which people are told.</summary>
internal static class WeldingAlarms
{
    private static readonly AlarmPlace Machine = new("/welding/machines/", WeldingPermissions.View);

    /// <summary>Arc current without a grant: somebody has power past the interlock.</summary>
    public static readonly AlarmKind Ungranted = new("welding.ungranted", typeof(Words), AlarmSeverity.Severe) { Page = Machine };

    /// <summary>The chip was opened or moved by force; over when somebody inspected it.</summary>
    public static readonly AlarmKind Tampered = new("welding.tampered", typeof(Words), AlarmSeverity.Severe) { Page = Machine };

    /// <summary>Flammable gas; the chip has cut the power.</summary>
    public static readonly AlarmKind Gas = new("welding.gas", typeof(Words), AlarmSeverity.Severe) { Page = Machine };

    /// <summary>Too hot; the chip has cut the power.</summary>
    public static readonly AlarmKind Hot = new("welding.hot", typeof(Words), AlarmSeverity.Severe) { Page = Machine };

    /// <summary>The contact does not do what the chip tells it: the power cannot be cut.</summary>
    public static readonly AlarmKind Stuck = new("welding.stuck", typeof(Words), AlarmSeverity.Severe) { Page = Machine };

    /// <summary>Somebody has welded without an end.</summary>
    public static readonly AlarmKind Long = new("welding.long", typeof(Words), AlarmSeverity.Warning) { Page = Machine, WhenFalse = AlarmAdvice.Threshold, Needs = AlarmEvidence.Measured, ClosesItself = true };

    /// <summary>The machine is not where it was declared.</summary>
    public static readonly AlarmKind Moved = new("welding.moved", typeof(Words), AlarmSeverity.Warning) { Page = Machine, WhenFalse = AlarmAdvice.Threshold, Needs = AlarmEvidence.Measured };

    /// <summary>The chip fell silent while its machine was running.</summary>
    public static readonly AlarmKind Offline = new("welding.offline", typeof(Words), AlarmSeverity.Warning) { Page = Machine, Needs = AlarmEvidence.Measured, ClosesItself = true };

    /// <summary>Power is on and nobody welds.</summary>
    public static readonly AlarmKind Idle = new("welding.idle", typeof(Words), AlarmSeverity.Notice) { Page = Machine, WhenFalse = AlarmAdvice.Threshold, Needs = AlarmEvidence.Measured, ClosesItself = true };

    /// <summary>The certificate of whoever is welding ends soon.</summary>
    public static readonly AlarmKind Certificate = new("welding.certificate", typeof(Words), AlarmSeverity.Notice) { Page = Machine, Needs = AlarmEvidence.Measured, ClosesItself = true };

    /// <summary>One machine refuses one after the other.</summary>
    public static readonly AlarmKind Refusals = new("welding.refusals", typeof(Words), AlarmSeverity.Warning) { Page = Machine, WhenFalse = AlarmAdvice.Threshold, Needs = AlarmEvidence.Measured, ClosesItself = true };

    /// <summary>Declares them.</summary>
    public static void AddWeldingAlarms(this IServiceCollection services)
    {
        services.AddAlarmTeller<MachineTeller>();
        services.AddSingleton<AlarmLimits>();
        services.AddAlarmWatch<SessionWatch>();
        services.AddAlarmWatch<IdleWatch>();
        services.AddAlarmWatch<RefusalWatch>();
    }
}
