using Anlan.Devices.Registry;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Devices;

/// <summary>The tables of Devices, seen through the one context.</summary>
internal sealed class DevicesDb(AnlanDb db)
{
    public DbSet<Device> Devices => db.Set<Device>();

    public DbSet<DeviceReportRow> Reports => db.Set<DeviceReportRow>();

    public AnlanDb Context => db;
}
