using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Messages;
using Anlan.Toolkit.Personal;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Messages;

/// <summary>The attempts of one message, with what the gateway said each time.</summary>
internal sealed class ShowMessage(AnlanDb db, PeopleSeen seen)
{
    private const int Most = 50;

    /// <param name="At">When it was handed over.</param>
    /// <param name="Result">What it came to.</param>
    /// <param name="Said">What the gateway said, without address and words.</param>
    public sealed record Attempt(DateTimeOffset At, AttemptResult Result, string? Said);

    /// <param name="Id">The message.</param>
    /// <param name="Person">Who gets it, or null.</param>
    /// <param name="Attempts">The newest fifty, newest first.</param>
    public sealed record Shown(Guid Id, Guid? Person, IReadOnlyList<Attempt> Attempts);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/messages/{message:guid}", (Guid message, ShowMessage slice, CancellationToken stop) => slice.RunAsync(message, stop).ToHttpAsync())
            .RequirePermission(MessagesPermissions.View).Produces<Shown>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Installation).ShowsPeople().WithTags("Messages").WithSummary("The attempts of one message");

    public async Task<Outcome<Shown>> RunAsync(Guid id, CancellationToken stop)
    {
        if (await db.Set<OutgoingMessage>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, stop) is not { } message) return new Refusal("MessageUnknown");
        if (message.Person is { } person) seen.Add(MessageViews.One, person);
        var attempts = await db.Set<MessageAttempt>().AsNoTracking().Where(a => a.Message == id).OrderByDescending(a => a.Id).Take(Most).Select(a => new Attempt(a.At, a.Result, a.Said)).ToListAsync(stop);
        return new Shown(id, message.Person, attempts);
    }
}
