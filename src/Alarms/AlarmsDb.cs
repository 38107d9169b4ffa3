using Anlan.Alarms.Board;
using Anlan.Alarms.Delivery;
using Anlan.Alarms.Feedback;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Alarms;

/// <summary>The tables of Alarms, seen through the one context.</summary>
internal sealed class AlarmsDb(AnlanDb db)
{
    public DbSet<Alarm> Alarms => db.Set<Alarm>();

    public DbSet<AlarmStep> Steps => db.Set<AlarmStep>();

    public DbSet<AlarmPreference> Preferences => db.Set<AlarmPreference>();

    public DbSet<AlarmReceipt> Receipts => db.Set<AlarmReceipt>();

    public DbSet<AlarmRobot> Robots => db.Set<AlarmRobot>();

    public DbSet<AlarmSuggestion> Suggestions => db.Set<AlarmSuggestion>();

    public AnlanDb Context => db;
}
