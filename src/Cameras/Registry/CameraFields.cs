using System.Text.Json;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Sight.Zones;
using Anlan.Contracts.ConfinedSpaces;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Microsoft.Extensions.Options;

namespace Anlan.Cameras.Registry;

/// <summary>What people declare of a camera, as sent; <see cref="CameraFields"/> checks it.</summary>
internal record CameraDeclaration
{
    /// <summary>1 to 60 characters.</summary>
    public string? Name { get; init; }

    /// <summary>The space at which it looks, within one's scope.</summary>
    public Guid? Space { get; init; }

    /// <summary><c>rtsp://user:password@host/path</c>, also rtsps, http or https. Left out with an edit: as before. Never answered again.</summary>
    public string? Address { get; init; }

    /// <summary>When it is watched; none = always.</summary>
    public IReadOnlyList<WatchHours>? Hours { get; init; }

    /// <summary>What stands on the sign beside it, at most 300 characters.</summary>
    public string? SignText { get; init; }
}

/// <summary>A declaration that passed every check.</summary>
internal sealed record DeclaredCamera(string Name, SpaceFacts Space, CameraAddress? Address, string Hours, string SignText);

/// <summary>Checks every field of a declaration and names each that is wrong.</summary>
internal sealed class CameraFields(ISpaces spaces, CurrentScope scope, IOptions<CamerasOptions> options)
{
    private const int MostHours = 14;

    /// <summary>Refused by field with <c>CameraNameInvalid</c>, <c>SpaceUnknown</c>, <c>AddressMissing</c>, <c>CameraAddress…</c>, <c>HoursInvalid</c>, <c>SignTooLong</c>.</summary>
    /// <param name="declared">As sent.</param>
    /// <param name="before">The camera as it is, or null for a new one.</param>
    public Outcome<DeclaredCamera> Read(CameraDeclaration declared, Camera? before)
    {
        List<Refusal> wrong = [];
        var (name, sign) = (declared.Name?.Trim() ?? "", declared.SignText?.Trim() ?? "");
        if (name.Length is 0 or > Camera.LongestName) wrong.Add(Refusal.OfField("name", "CameraNameInvalid") with { Measured = FactValue.Count(name.Length), Limit = FactValue.Count(Camera.LongestName) });
        var space = declared.Space is { } id ? spaces.Find(new SpaceId(id)) : null;
        if (space is null || space.IsRemoved || !space.Anchor.IsWithin(scope.Now)) wrong.Add(Refusal.OfField("space", "SpaceUnknown"));
        CameraAddress? address = null;
        if (string.IsNullOrWhiteSpace(declared.Address))
        {
            if (before is null) wrong.Add(Refusal.OfField("address", "AddressMissing"));
        }
        else if (CameraAddress.Parse(declared.Address, options.Value.AllowFiles ? AddressReach.OwnMachine : AddressReach.OwnNetwork, out var fault) is { } read)
        {
            address = read;
        }
        else
        {
            wrong.Add(Refusal.OfField("address", "CameraAddress" + fault));
        }

        var hours = declared.Hours ?? [];
        if (hours.Count > MostHours || hours.Any(span => span?.Days is not { Count: > 0 and <= 7 })) wrong.Add(Refusal.OfField("hours", "HoursInvalid") with { Measured = FactValue.Count(hours.Count), Limit = FactValue.Count(MostHours) });
        if (sign.Length > Camera.LongestSign) wrong.Add(Refusal.OfField("signText", "SignTooLong") with { Measured = FactValue.Count(sign.Length), Limit = FactValue.Count(Camera.LongestSign) });
        return wrong.Count > 0 ? Outcome<DeclaredCamera>.Refused(wrong) : new DeclaredCamera(name, space!, address, JsonSerializer.Serialize(hours, ZoneJson.Default.IReadOnlyListWatchHours), sign);
    }
}
