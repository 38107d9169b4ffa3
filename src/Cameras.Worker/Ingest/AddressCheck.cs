using System.Net.Sockets;
using System.Net;
using Anlan.Cameras.Sight.Wire;

namespace Anlan.Cameras.Worker.Ingest;

/// <summary>Judges an address each time before it is connected to: what its name means may have changed.</summary>
internal static class AddressCheck
{
    /// <summary>Answers the number to connect to, or why not. HTTP servers are told apart by their names, so that there the name is connected to, which means the same a moment later or is refused next time.</summary>
    public static async Task<(string? Machine, string? Fault)> LookAsync(CameraAddress address, AddressReach reach, CancellationToken stop)
    {
        if (address.IsFile) return (null, reach < AddressReach.OwnMachine ? Say(AddressFault.Scheme) : File.Exists(address.Path) ? null : "the file is not there");
        IPAddress[] numbers;
        try
        {
            numbers = await Dns.GetHostAddressesAsync(address.Host, stop);
        }
        catch (SocketException)
        {
            numbers = [];
        }

        if (CameraAddress.Judge(numbers, reach) is { } fault) return (null, Say(fault));
        return (address.IsRtsp ? Array.Find(numbers, number => number.AddressFamily == AddressFamily.InterNetwork)?.ToString() ?? numbers[0].ToString() : null, null);
    }

    /// <summary>The reason in words.</summary>
    public static string Say(AddressFault fault) => fault switch
    {
        AddressFault.Shape => "this is no address: scheme://host/path",
        AddressFault.Scheme => "only rtsp, rtsps, http and https are read here",
        AddressFault.TooLong => "the address is too long",
        AddressFault.Characters => "the address holds spaces or characters that cannot be seen",
        AddressFault.Host => "the address names no machine, or a port that is none",
        AddressFault.Unknown => "the name of the camera's machine is not known here",
        AddressFault.OwnMachine => "the address leads to this very machine",
        AddressFault.OwnNetwork => "the address leads into this machine's own network, which is not allowed for this camera",
        _ => fault.ToString(),
    };
}
