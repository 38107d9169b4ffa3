using Anlan.Cameras.Events;
using Anlan.Cameras.Registry;
using Anlan.Cameras.Work;
using Anlan.Cameras.Zones;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Cameras;

/// <summary>The tables of Cameras, seen through the one context.</summary>
internal sealed class CamerasDb(AnlanDb db)
{
    public DbSet<Camera> Cameras => db.Set<Camera>();

    public DbSet<DrawnZones> Zones => db.Set<DrawnZones>();

    public DbSet<CameraLease> Leases => db.Set<CameraLease>();

    public DbSet<CameraEvent> Events => db.Set<CameraEvent>();

    public DbSet<ConfirmedEntry> Confirmations => db.Set<ConfirmedEntry>();

    public DbSet<CameraClip> Clips => db.Set<CameraClip>();

    public AnlanDb Context => db;
}
