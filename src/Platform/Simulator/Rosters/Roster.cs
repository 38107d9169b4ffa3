using System.Text.Json;
using System.Text.Json.Serialization;
using Anlan.Welding.Chip.Logic;

namespace Anlan.Simulator.Rosters;

/// <summary>Who and what the simulator plays: written by <c>county</c>, read by <c>chips</c> and <c>sign-ins</c>. Holds secrets, mode 600.</summary>
internal sealed record Roster
{
    /// <summary>Address of pages and API.</summary>
    public required string Server { get; init; }

    /// <summary>The desk accounts.</summary>
    public IReadOnlyList<DeskEntry> Desks { get; init; } = [];

    /// <summary>The welders.</summary>
    public IReadOnlyList<WelderEntry> Welders { get; init; } = [];

    /// <summary>The chips.</summary>
    public IReadOnlyList<ChipEntry> Chips { get; init; } = [];

    public static Roster Read(string path) =>
        JsonSerializer.Deserialize(File.ReadAllBytes(path), RosterJson.Default.Roster) ?? throw new InvalidDataException($"{path} is empty.");

    /// <summary>Writes the file for its owner alone, whole or not at all.</summary>
    public void Write(string path)
    {
        var draft = path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options)) JsonSerializer.Serialize(file, this, RosterJson.Default.Roster);
        File.Move(draft, path, overwrite: true);
    }
}

/// <summary>Someone at a desk.</summary>
/// <param name="Role">Role.</param>
/// <param name="Name">Invented name.</param>
/// <param name="UserName">For sign-in.</param>
/// <param name="Password">For sign-in.</param>
/// <param name="Post">Organ or enterprise, or null.</param>
internal sealed record DeskEntry(string Role, string Name, string UserName, string Password, string? Post = null);

/// <summary>A welder.</summary>
/// <param name="Name">Invented name.</param>
/// <param name="UserName">For sign-in.</param>
/// <param name="Password">For sign-in.</param>
/// <param name="Pin">For the proof of person.</param>
/// <param name="Standing">licensed, expired, review-overdue, revoked, unbound or unlicensed.</param>
/// <param name="Machines">Codes of the machines that the welder uses.</param>
internal sealed record WelderEntry(string Name, string UserName, string Password, string Pin, string Standing, IReadOnlyList<string> Machines);

/// <summary>A chip on its machine.</summary>
/// <param name="Serial">Serial.</param>
/// <param name="Secret">MQTT password.</param>
/// <param name="MachineCode">Code of the machine, or null when not fitted.</param>
/// <param name="Kind">electric or gas.</param>
/// <param name="RatedCurrent">Amperes.</param>
/// <param name="Latitude">WGS-84.</param>
/// <param name="Longitude">WGS-84.</param>
/// <param name="TrustedKeys">base64url of DER SubjectPublicKeyInfo, burnt in when the chip was registered.</param>
internal sealed record ChipEntry(string Serial, string Secret, string? MachineCode, string Kind, double RatedCurrent, double Latitude, double Longitude, IReadOnlyList<string> TrustedKeys);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Roster))]
[JsonSerializable(typeof(ChipMemory))]
internal sealed partial class RosterJson : JsonSerializerContext;
