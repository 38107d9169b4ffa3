using Anlan.Toolkit.Data;
using Anlan.Welding.Fitting;
using Anlan.Welding.Loans;
using Anlan.Welding.Machines;
using Anlan.Welding.Problems;
using Anlan.Welding.Profiles;
using Anlan.Welding.Sessions;
using Anlan.Welding.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding;

/// <summary>The tables of Welding, seen through the one context.</summary>
internal sealed class WeldingDb(AnlanDb db)
{
    public DbSet<WeldingMachine> Machines => db.Set<WeldingMachine>();

    public DbSet<FittingStep> FittingSteps => db.Set<FittingStep>();

    public DbSet<MachineLoan> Loans => db.Set<MachineLoan>();

    public DbSet<WeldSession> Sessions => db.Set<WeldSession>();

    public DbSet<MachineEvent> MachineEvents => db.Set<MachineEvent>();

    public DbSet<RefusedStart> RefusedStarts => db.Set<RefusedStart>();

    public DbSet<MeasuredSpan> Measured => db.Set<MeasuredSpan>();

    public DbSet<ProfileMonth> Profiles => db.Set<ProfileMonth>();

    public DbSet<MachineIncident> Incidents => db.Set<MachineIncident>();

    public DbSet<MonthProblem> MonthProblems => db.Set<MonthProblem>();

    public DbSet<ClosedMonth> ClosedMonths => db.Set<ClosedMonth>();

    public AnlanDb Context => db;
}
