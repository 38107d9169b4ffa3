using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Messages;
using Anlan.Toolkit.Personal;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Messages;

/// <summary>Attempts to send, with what the gateway said each time, newest first.</summary>
internal sealed class ListAttempts(AnlanDb db, PeopleSeen seen)
{
    /// <param name="Message">The message.</param>
    /// <param name="At">When it was handed over.</param>
    /// <param name="Result">What it came to.</param>
    /// <param name="Said">What the gateway said, without address and words.</param>
    public sealed record Row(Guid Message, DateTimeOffset At, AttemptResult Result, string? Said);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/messages/attempts", (Guid? message, ListAttempts slice, CancellationToken stop, int page = 1, int size = 20) => slice.RunAsync(message, new PageRequest(page, size), stop))
            .RequirePermission(MessagesPermissions.View).Scoped(ScopedBy.Installation).ShowsPeople().WithTags("Messages").WithSummary("Attempts to send, of one message or of all, newest first");

    public async Task<Page<Row>> RunAsync(Guid? message, PageRequest request, CancellationToken stop)
    {
        var attempts = db.Set<MessageAttempt>().AsNoTracking();
        if (message is { } one) attempts = attempts.Where(a => a.Message == one);
        var total = await attempts.CountAsync(stop);
        var found = await attempts.OrderByDescending(a => a.Id).Skip(request.Skip).Take(request.Take).Select(a => new Row(a.Message, a.At, a.Result, a.Said)).ToListAsync(stop);
        var ids = found.ConvertAll(row => row.Message);
        seen.Add(MessageViews.Attempts, await db.Set<OutgoingMessage>().Where(m => ids.Contains(m.Id) && m.Person != null).Select(m => m.Person!.Value).Distinct().ToListAsync(stop));
        return new Page<Row>(found, total);
    }
}
