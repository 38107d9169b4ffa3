using System.Security.Cryptography;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Devices;
using Anlan.Kernel.Ids;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Devices.Registry;

/// <summary>Registers a chip and issues its credential; the secret is shown once and kept as a hash only.</summary>
internal sealed class RegisterChip(DevicesDb db, SigningKeys keys, CurrentScope scope, TimeProvider clock)
{
    public sealed record Request(string Serial);

    public sealed record TrustedKey(string Kid, string PublicKey);

    public sealed record Registered(Guid Id, string Serial, string Secret, IReadOnlyList<TrustedKey> TrustedKeys);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/chips", (Request request, RegisterChip slice, CancellationToken stop) => slice.RunAsync(request, stop).ToHttpAsync())
            .RequirePermission(DevicesPermissions.Fit).Produces<Registered>().Scoped(ScopedBy.Records).WithTags("Devices").WithSummary("Register a chip and issue its credential");

    public async Task<Outcome<Registered>> RunAsync(Request request, CancellationToken stop)
    {
        var serial = request.Serial?.Trim() ?? "";
        if (!IsSerial(serial)) return Refusal.OfField("serial", "SerialInvalid");
        if (await db.Devices.AnyAsync(d => d.Serial == serial, stop)) return Refusal.OfField("serial", "SerialTaken");

        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var device = new Device
        {
            Id = TypedId.New<DeviceId>(),
            Serial = serial,
            Kind = DeviceKinds.WeldingChip,
            SecretHash = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret)),
            RegisteredBy = scope.Now.Organ is { } organ ? new OrganId(organ) : null,
            RegisteredAt = clock.GetUtcNow(),
        };
        db.Devices.Add(device);
        db.Context.Audit("devices.chip.registered", $"device/{device.Id.Value}", new { serial });
        if (!await db.Context.TrySaveAsync(stop)) return Refusal.OfField("serial", "SerialTaken");
        return new Registered(device.Id.Value, serial, secret, TrustedKeys(keys));
    }

    internal static IReadOnlyList<TrustedKey> TrustedKeys(SigningKeys keys) =>
        [.. keys.Trusted.Select(k => new TrustedKey(System.Buffers.Text.Base64Url.EncodeToString(k.Kid), System.Buffers.Text.Base64Url.EncodeToString(k.PublicKey)))];

    /// <summary>CHIP-TOPIC: a serial is part of topics and labels; letters, digits, dot, dash, underscore, 4 to 40 characters.</summary>
    internal static bool IsSerial(string serial) => serial.Length is >= 4 and <= 40 && serial.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
