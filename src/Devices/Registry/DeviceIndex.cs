using System.Collections.Concurrent;
using System.Security.Cryptography;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Devices;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Mqtt;

namespace Anlan.Devices.Registry;

/// <summary>A registered device as lists show it.</summary>
internal sealed record KnownDevice(DeviceFacts Facts, byte[] SecretHash, OrganId? RegisteredBy, DateTimeOffset RegisteredAt);

/// <summary>All devices in memory: registry questions and credential checks touch no disk, also in a reconnect storm.</summary>
internal sealed class DeviceIndex : EntityIndex<Device>, IDeviceAuthenticator
{
    private readonly ConcurrentDictionary<DeviceId, DeviceFacts> _byId = new();
    private readonly ConcurrentDictionary<string, KnownDevice> _bySerial = new(StringComparer.Ordinal);

    /// <summary>All devices, in no order.</summary>
    public IEnumerable<KnownDevice> All => _bySerial.Values;

    public KnownDevice? Known(string serial) => _bySerial.GetValueOrDefault(serial);

    public DeviceFacts? Find(DeviceId id) => _byId.GetValueOrDefault(id);

    public DeviceFacts? FindBySerial(string serial) => _bySerial.TryGetValue(serial, out var device) ? device.Facts : null;

    public bool IsGenuine(string serial, ReadOnlySpan<byte> secret)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(secret, hash);
        return _bySerial.TryGetValue(serial, out var device) && device.Facts.IsEnabled && CryptographicOperations.FixedTimeEquals(hash, device.SecretHash);
    }

    protected override void Clear()
    {
        _byId.Clear();
        _bySerial.Clear();
    }

    protected override void Put(Device entity)
    {
        var facts = new DeviceFacts(entity.Id, entity.Serial, entity.Kind, entity.IsEnabled);
        _byId[entity.Id] = facts;
        _bySerial[entity.Serial] = new KnownDevice(facts, entity.SecretHash, entity.RegisteredBy, entity.RegisteredAt);
    }

    protected override void Remove(Device entity)
    {
        _byId.TryRemove(entity.Id, out _);
        _bySerial.TryRemove(entity.Serial, out _);
    }
}
