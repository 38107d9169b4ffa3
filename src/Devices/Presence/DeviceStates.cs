using System.Collections.Concurrent;
using Anlan.Contracts.Devices;
using Anlan.Devices.Registry;
using Anlan.Kernel.Places;
using Anlan.Toolkit.Cluster;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Devices.Presence;

/// <summary>
/// Live state of every device, updated on the log's writer thread before anybody hears that an entry is durable: an interlock that asks
/// after a commit sees that commit. After a start nobody is on-line until they say hello; where other processes keep connections, whoever was
/// on-line is taken to be so for <see cref="LostDevices.Grace"/>.
/// </summary>
internal sealed class DeviceStates(ILead? lead = null) : ILogObserver, ITelemetryObserver
{
    private readonly ConcurrentDictionary<string, DeviceState> _states = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _presumed = new(StringComparer.Ordinal);

    public DeviceState Of(string serial) => _states.GetValueOrDefault(serial, DeviceState.Unknown);

    public void OnCommitted(IReadOnlyList<LogRecord> batch)
    {
        foreach (var record in batch)
        {
            if (record.Body is not IDeviceReport report) continue;
            _presumed.TryRemove(report.Serial, out _);
            _states.AddOrUpdate(report.Serial, static (_, told) => After(DeviceState.Unknown, told.Report, told.At), static (_, state, told) => After(state, told.Report, told.At), (Report: report, record.At));
        }
    }

    public void OnMeasured(IReadOnlyList<LogRecord> batch)
    {
        // Measurements say that a device was heard and nothing else; the two writers meet at one device.
        foreach (var record in batch)
        {
            if (record.Body is IDeviceReport report) _states.AddOrUpdate(report.Serial, static (_, at) => DeviceState.Unknown with { LastSeen = at }, static (_, state, at) => state.LastSeen < at || state.LastSeen is null ? state with { LastSeen = at } : state, record.At);
        }
    }

    /// <summary>Takes the projected rows of before the start; the doors are still closed.</summary>
    public async Task LoadAsync(AnlanDb db, CancellationToken stop)
    {
        await foreach (var row in db.Set<DeviceReportRow>().AsNoTracking().AsAsyncEnumerable().WithCancellation(stop))
        {
            GeoPoint? position = row is { Latitude: { } latitude, Longitude: { } longitude } ? new GeoPoint(latitude, longitude) : null;
            var isPresumed = row.IsOnline && lead?.Self is not null;
            if (isPresumed) _presumed[row.Serial] = 0;
            _states[row.Serial] = new DeviceState(isPresumed, row.LastSeen, row.Boot, row.Firmware, row.IsTampered, position, row.PositionAt, row.LastCounter, row.RelayClosed);
        }
    }

    /// <summary>A device's connection outlived the process that decided before.</summary>
    public void Found(string serial) => _presumed.TryRemove(serial, out _);

    /// <summary>Devices that are taken to be on-line and have not been heard of.</summary>
    public IReadOnlyCollection<string> Presumed => [.. _presumed.Keys];

    internal static DeviceState After(DeviceState state, IDeviceReport report, DateTimeOffset at)
    {
        // A late message of an earlier boot says nothing about now, except tampering, which is never forgotten.
        if (report.Boot < state.Boot) return report.Tampered == true ? state with { IsTampered = true } : state;
        return state with
        {
            IsOnline = report.Online ?? state.IsOnline,
            LastSeen = report.Boot is null || state.LastSeen > at ? state.LastSeen : at,
            Boot = report.Boot ?? state.Boot,
            Firmware = report.Firmware ?? state.Firmware,
            IsTampered = report.Tampered ?? state.IsTampered,
            Position = report.Position ?? state.Position,
            PositionAt = report.Position is null ? state.PositionAt : at,
            LastCounter = Math.Max(report.Counter ?? 0, state.LastCounter),
            RelayClosed = report.Relay ?? state.RelayClosed,
        };
    }
}
