using System.Text;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Mqtt;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Devices.Registry;

/// <summary>The last messages of devices that nobody could read, for inspection: which field is wrong, and the bytes themselves.</summary>
internal sealed class ListRejected(RejectedUplinks rejected)
{
    /// <param name="At">Receipt.</param>
    /// <param name="Device">Serial.</param>
    /// <param name="Channel">Device class and channel.</param>
    /// <param name="Reason">Which field, what is wrong; for the firmware's engineer, in English.</param>
    /// <param name="Length">Full length in bytes.</param>
    /// <param name="Text">The first 4 KiB, when they are UTF-8 text.</param>
    /// <param name="Hex">The first 4 KiB, when they are not.</param>
    public sealed record Row(DateTimeOffset At, string Device, string Channel, string Reason, int Length, string? Text, string? Hex);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/chips/rejected", (string? search, ListRejected slice, int page = 1, int size = 20) => slice.Run(new PageRequest(page, size, search)))
            .RequirePermission(DevicesPermissions.View).WithTags("Devices").WithSummary("Messages that could not be read, newest first; search by serial");

    public Page<Row> Run(PageRequest request)
    {
        var found = rejected.Newest.Where(message => request.Term is not { } term || message.Device.Contains(term, StringComparison.OrdinalIgnoreCase)).ToList();
        return new Page<Row>([.. found.Skip(request.Skip).Take(request.Take).Select(Read)], found.Count);
    }

    private static Row Read(RejectedUplink message)
    {
        var text = TextOf(message.Payload, isCut: message.Length > message.Payload.Length);
        return new Row(message.At, message.Device, message.Channel, message.Reason, message.Length, text, text is null ? Convert.ToHexStringLower(message.Payload) : null);
    }

    private static string? TextOf(byte[] payload, bool isCut)
    {
        // The cut may have fallen inside a character: up to three bytes at the end do not count against it.
        for (var cut = 0; cut <= (isCut ? 3 : 0); cut++)
        {
            try
            {
                var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(payload, 0, payload.Length - cut);
                return text.Any(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t')) ? null : text;
            }
            catch (DecoderFallbackException)
            {
                // Not text up to here.
            }
        }

        return null;
    }
}
