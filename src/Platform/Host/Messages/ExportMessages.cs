using System.Globalization;
using System.Runtime.CompilerServices;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Messages;
using Anlan.Toolkit.Personal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Messages;

/// <summary>Messages as a file, as filtered: addresses masked, without what they say.</summary>
internal sealed class ExportMessages(AnlanDb db, MessageBox box, IPeople people, IEnumerable<IMessageGateway> gateways, PeopleSeen seen, CityCalendar calendar, IStringLocalizer<Words> words)
{
    private const int Part = 1_000;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/messages/export", (string? search, string? state, MessageChannel? channel, ExportMessages slice, CancellationToken stop) => slice.RunAsync(new MessageFilter(search, state, channel), stop))
            .RequirePermission(MessagesPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Installation).ShowsPeople().WithTags("Messages").WithSummary("Export messages; addresses masked");

    public async Task<IResult> RunAsync(MessageFilter filter, CancellationToken stop)
    {
        var served = MessageFilter.Served(gateways);
        var messages = await filter.OfAsync(db, box, people, served, stop);
        seen.Add(MessageViews.Export, await messages.Where(m => m.Person != null).Select(m => m.Person!.Value).Distinct().ToListAsync(stop));
        db.Audit("messages.exported", "messages", new { rows = await messages.CountAsync(stop), filter.State, channel = filter.Channel?.ToString() });
        await db.SaveAsync(stop);
        return CsvFile.Of(
            $"messages-{calendar.Today:yyyy-MM-dd}",
            [words["Messages.At"], words["Messages.Channel"], words["Messages.Address"], words["Messages.Cause"], words["Messages.Subject"], words["Messages.State"], words["Messages.AttemptCount"], words["Messages.EndedAt"]],
            AllAsync(messages, served, stop));
    }

    // In parts by id, so that a slow reader holds no transaction open.
    private async IAsyncEnumerable<IReadOnlyList<string?>> AllAsync(IQueryable<OutgoingMessage> messages, IReadOnlyList<MessageChannel> served, [EnumeratorCancellation] CancellationToken stop)
    {
        for (Guid? last = null; ;)
        {
            var query = last is { } before ? messages.Where(m => m.Id.CompareTo(before) < 0) : messages;
            var part = await query.OrderByDescending(m => m.Id).Take(Part).ToListAsync(stop);
            foreach (var message in part) yield return Cells(message, served);
            if (part.Count < Part) yield break;
            last = part[^1].Id;
        }
    }

    private IReadOnlyList<string?> Cells(OutgoingMessage message, IReadOnlyList<MessageChannel> served) =>
    [
        At(message.MadeAt), words["Messages.Channel." + message.Channel], MessageAddress.Mask(box.Open(message).Address), words["Messages.Cause." + message.Cause], message.Subject,
        words["Messages.State." + MessageFilter.StateOf(message, served)], message.Attempts.ToString(CultureInfo.InvariantCulture), message.EndedAt is { } ended ? At(ended) : null,
    ];

    private string At(DateTimeOffset at) => calendar.Local(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
