using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Messages;
using Anlan.Toolkit.Personal;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Messages;

/// <summary>Shows address and words of a message in full to somebody who gives a reason. The look is on record before anything is opened.</summary>
internal sealed class RevealMessage(AnlanDb db, MessageBox box, PeopleSeen seen)
{
    /// <param name="Reason">Why.</param>
    public sealed record Request(string? Reason);

    /// <summary>In full.</summary>
    public sealed record Revealed(string Address, string? Title, string Text);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/messages/{message:guid}/reveal", (Guid message, Request request, RevealMessage slice, HttpResponse response, CancellationToken stop) =>
            {
                response.Headers.CacheControl = "no-store";
                return slice.RunAsync(message, request, stop).ToHttpAsync();
            })
            .RequirePermission(MessagesPermissions.Reveal).Produces<Revealed>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Installation).ShowsPeople().WithTags("Messages")
            .WithSummary("Show a message in full; recorded with the reason");

    public async Task<Outcome<Revealed>> RunAsync(Guid id, Request request, CancellationToken stop)
    {
        if (Reason.Check(request.Reason) is { } wrong) return wrong;
        if (await db.Set<OutgoingMessage>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, stop) is not { } message) return new Refusal("MessageUnknown");
        if (message.Person is { } person) seen.AddUnmasked(MessageViews.Unmasked, PersonalField.Phone, person, request.Reason!.Trim());
        await seen.RecordAsync();
        // A test message goes to nobody of the register: the audit alone keeps who opened it.
        db.Audit("messages.revealed", $"message/{id}", new { reason = request.Reason!.Trim() });
        await db.SaveAsync(stop);
        var plain = box.Open(message);
        return new Revealed(plain.Address, plain.Title, plain.Text);
    }
}
