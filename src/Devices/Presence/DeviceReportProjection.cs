using Anlan.Contracts.Devices;
using Anlan.Devices.Registry;
using Anlan.Kernel.Places;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Devices.Presence;

/// <summary>Keeps the last word of each device in a table, for lists and for the next start.</summary>
internal sealed class DeviceReportProjection : IProjection
{
    private readonly ProjectedRows<string, DeviceReportRow> _lately = new(most: 50_000);

    public async Task ApplyAsync(AnlanDb db, IReadOnlyList<LogRecord> batch, CancellationToken stop)
    {
        var reports = batch.Where(r => r.Body is IDeviceReport).ToList();
        if (reports.Count == 0) return;
        var rows = await _lately.TakeAsync(
            reports.Select(r => ((IDeviceReport)r.Body).Serial),
            missing => db.Set<DeviceReportRow>().AsNoTracking().Where(r => missing.Contains(r.Serial)).ToDictionaryAsync(r => r.Serial, stop));
        foreach (var record in reports)
        {
            var report = (IDeviceReport)record.Body;
            if (!rows.TryGetValue(report.Serial, out var row)) rows[report.Serial] = row = new DeviceReportRow { Serial = report.Serial };
            Write(row, DeviceStates.After(Read(row), report, record.At));
        }

        foreach (var row in rows.Values)
        {
            db.Put(row);
            _lately.Keep(row.Serial, row);
        }
    }

    public void OnSaved(IReadOnlyList<LogRecord> batch) => _lately.Saved();

    private static DeviceState Read(DeviceReportRow row)
    {
        GeoPoint? position = row is { Latitude: { } latitude, Longitude: { } longitude } ? new GeoPoint(latitude, longitude) : null;
        return new DeviceState(row.IsOnline, row.LastSeen, row.Boot, row.Firmware, row.IsTampered, position, row.PositionAt, row.LastCounter, row.RelayClosed);
    }

    private static void Write(DeviceReportRow row, DeviceState state)
    {
        row.IsOnline = state.IsOnline;
        row.LastSeen = state.LastSeen ?? row.LastSeen;
        row.Boot = state.Boot;
        row.Firmware = state.Firmware;
        row.IsTampered = state.IsTampered;
        row.Latitude = state.Position?.Latitude;
        row.Longitude = state.Position?.Longitude;
        row.PositionAt = state.PositionAt;
        row.LastCounter = state.LastCounter;
        row.RelayClosed = state.RelayClosed;
    }
}
