using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Toolkit.Alarms;

/// <summary>Registers what modules have to say of alarms.</summary>
public static class AlarmServices
{
    /// <summary>Conditions that log entries tell.</summary>
    public static IServiceCollection AddAlarmTeller<TTeller>(this IServiceCollection services) where TTeller : class, IAlarmTeller => services.AddSingleton<IAlarmTeller, TTeller>();

    /// <summary>Conditions that come of time going by.</summary>
    public static IServiceCollection AddAlarmWatch<TWatch>(this IServiceCollection services) where TWatch : class, IAlarmWatch => services.AddSingleton<IAlarmWatch, TWatch>();
}
