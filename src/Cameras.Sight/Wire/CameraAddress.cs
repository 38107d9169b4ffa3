using System.Globalization;
using System.Net;

namespace Anlan.Cameras.Sight.Wire;

/// <summary>Why an address cannot be a camera's.</summary>
public enum AddressFault
{
    /// <summary>It is no address: <c>scheme://host/path</c>.</summary>
    Shape,

    /// <summary>Another scheme than rtsp, rtsps, http or https.</summary>
    Scheme,

    /// <summary>Longer than <see cref="CameraAddress.Longest"/>.</summary>
    TooLong,

    /// <summary>Spaces or characters that cannot be seen.</summary>
    Characters,

    /// <summary>No name and no number of a machine, or a port that is none.</summary>
    Host,

    /// <summary>The name is not known.</summary>
    Unknown,

    /// <summary>It leads to the very machine that would read it, or to the services of whoever hosts that.</summary>
    OwnMachine,

    /// <summary>It leads into the network of the machine that would read it, and that is not allowed.</summary>
    OwnNetwork,
}

/// <summary>How far an address may reach; each allows what the one before does.</summary>
public enum AddressReach
{
    /// <summary>Only to where everybody can reach.</summary>
    Outside,

    /// <summary>Also to private networks, as cameras of a plant do.</summary>
    OwnNetwork,

    /// <summary>Also to the machine itself and to files: tests, demo and bench.</summary>
    OwnMachine,
}

/// <summary>
/// Where a camera's pictures come from. Server and worker judge by the same rules: the server before it keeps an address, the worker before it connects, by the numbers that the name means then.
/// User and password are apart and never in <see cref="ToString"/>.
/// </summary>
public sealed class CameraAddress
{
    /// <summary>Most characters.</summary>
    public const int Longest = 1000;

    private const string Hidden = "***";

    private CameraAddress(string scheme, string host, int? port, string path)
    {
        Scheme = scheme;
        Host = host;
        Port = port;
        Path = path;
    }

    /// <summary>rtsp, rtsps, http, https or file.</summary>
    public string Scheme { get; }

    /// <summary>Name or number of the machine, without brackets; empty for a file.</summary>
    public string Host { get; }

    /// <summary>Port; null = the scheme's own.</summary>
    public int? Port { get; }

    /// <summary>What follows the machine, with the question; of a file its path.</summary>
    public string Path { get; }

    /// <summary>User, as a person would type it; null = none.</summary>
    public string? User { get; private init; }

    /// <summary>Password, as a person would type it; null = none.</summary>
    public string? Password { get; private init; }

    /// <summary>True for a file.</summary>
    public bool IsFile => Scheme == "file";

    /// <summary>True for what speaks RTSP.</summary>
    public bool IsRtsp => Scheme is "rtsp" or "rtsps";

    /// <summary>For people: user, password and the answers of a question hidden, because many cameras take the password there.</summary>
    public string Display => IsFile ? "file://" + Path : $"{Scheme}://{(User is null && Password is null ? "" : Hidden + "@")}{Authority(Host)}{HideAnswers(Path)}";

    /// <summary>Reads an address; null with the reason when it is none.</summary>
    /// <param name="text">What somebody typed; user and password may hold characters that would have to be written as %40.</param>
    /// <param name="reach">How far it may reach: files only with <see cref="AddressReach.OwnMachine"/>.</param>
    /// <param name="fault">The reason.</param>
    public static CameraAddress? Parse(string text, AddressReach reach, out AddressFault? fault)
    {
        text = text.Trim();
        fault = text.Length > Longest ? AddressFault.TooLong : text.Any(character => char.IsControl(character) || char.IsWhiteSpace(character) || char.IsSurrogate(character)) ? AddressFault.Characters : null;
        if (fault is not null) return null;
        var colon = text.IndexOf("://", StringComparison.Ordinal);
        fault = colon <= 0 ? AddressFault.Shape : null;
        if (fault is not null) return null;
        var (scheme, rest) = (text[..colon].ToLowerInvariant(), text[(colon + 3)..]);
        if (scheme == "file")
        {
            fault = reach < AddressReach.OwnMachine ? AddressFault.Scheme : rest.StartsWith('/') ? null : AddressFault.Shape;
            return fault is null ? new CameraAddress(scheme, "", port: null, rest) : null;
        }

        fault = scheme is "rtsp" or "rtsps" or "http" or "https" ? null : AddressFault.Scheme;
        if (fault is not null) return null;
        var address = ParseMachine(scheme, rest);
        fault = address is null ? AddressFault.Host : address.IsNumber(out var number) ? Judge([number], reach) : address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? Judge([IPAddress.Loopback], reach) : null;
        return fault is null ? address : null;
    }

    /// <summary>Judges the numbers that a name means: one of them that is not allowed is enough, or it could be the next one that is used. Null = allowed.</summary>
    public static AddressFault? Judge(IReadOnlyCollection<IPAddress> numbers, AddressReach reach)
    {
        if (numbers.Count == 0) return AddressFault.Unknown;
        var furthest = numbers.Max(HostNumbers.ReachOf);
        return furthest <= reach ? null : furthest == AddressReach.OwnMachine ? AddressFault.OwnMachine : AddressFault.OwnNetwork;
    }

    /// <summary>True when the machine is given as a number.</summary>
    public bool IsNumber(out IPAddress number)
    {
        number = IPAddress.None;
        // A number is only what looks like one: "127.1" and "0x7f000001" are names here, which nobody knows.
        if (!IPAddress.TryParse(Host, out var read) || (!Host.Contains(':', StringComparison.Ordinal) && !string.Equals(read.ToString(), Host, StringComparison.Ordinal))) return false;
        number = read;
        return true;
    }

    /// <summary>The whole address with user and password, for whoever reads the pictures: never into a log.</summary>
    /// <param name="machine">Name or number to connect to; null = as typed.</param>
    public string Reveal(string? machine = null)
    {
        if (IsFile) return Path;
        var person = User is null && Password is null ? "" : $"{Uri.EscapeDataString(User ?? "")}{(Password is null ? "" : ":" + Uri.EscapeDataString(Password))}@";
        return $"{Scheme}://{person}{Authority(machine ?? Host)}{Path}";
    }

    /// <summary>The whole address as <see cref="Parse"/> reads it again, with user and password: to be sealed, never into a log.</summary>
    public string Written => IsFile ? Display : Reveal();

    /// <summary>The same as <see cref="Display"/>.</summary>
    public override string ToString() => Display;

    private static CameraAddress? ParseMachine(string scheme, string rest)
    {
        // The last @ before the path parts person and machine: passwords hold @ more often than paths do.
        var end = rest.IndexOfAny(['/', '?', '#']);
        var authority = end < 0 ? rest : rest[..end];
        var at = authority.LastIndexOf('@');
        var (person, machine) = at < 0 ? (null, authority) : (authority[..at], authority[(at + 1)..]);
        var closing = machine.LastIndexOf(']');
        var colon = machine.IndexOf(':', closing < 0 ? 0 : closing);
        var (host, port) = colon < 0 ? (machine, null) : (machine[..colon], machine[(colon + 1)..]);
        var bare = host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;
        if (Uri.CheckHostName(bare) is UriHostNameType.Unknown or UriHostNameType.Basic || (bare == host && host.Contains(':', StringComparison.Ordinal)) || bare.Contains('%', StringComparison.Ordinal)) return null;
        var number = 0;
        if (port is not null && (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number is < 1 or > 65535)) return null;
        var path = end < 0 ? "/" : rest[end] == '/' ? rest[end..] : "/" + rest[end..];
        var parts = person?.Split(':', 2);
        return new CameraAddress(scheme, bare, port is null ? null : number, path)
        {
            User = parts is null ? null : Uri.UnescapeDataString(parts[0]),
            Password = parts is { Length: 2 } ? Uri.UnescapeDataString(parts[1]) : null,
        };
    }

    private string Authority(string machine) =>
        (machine.Contains(':', StringComparison.Ordinal) ? $"[{machine}]" : machine) + (Port is { } port ? string.Create(CultureInfo.InvariantCulture, $":{port}") : "");

    private static string HideAnswers(string path)
    {
        var question = path.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? path : path[..(question + 1)] + string.Join('&', path[(question + 1)..].Split('&').Select(pair => pair.Split('=', 2) is [var name, _] ? name + "=" + Hidden : Hidden));
    }
}
