using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Messages;

/// <summary>Sends a test message to oneself, by the same way as every other.</summary>
internal sealed class TryGateway(AnlanDb db, MessageBox box, CurrentActor current, TimeProvider clock, IStringLocalizer<Words> words)
{
    private const int MostInAnHour = 10;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private const string Cause = "messages.test";

    /// <param name="Channel">Which gateway.</param>
    /// <param name="Address">The asker's own telephone or e-mail address.</param>
    public sealed record Request(MessageChannel Channel, string? Address);

    /// <summary>The message.</summary>
    public sealed record Tried(Guid Id);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/messages/test", (Request request, TryGateway slice, CancellationToken stop) => slice.RunAsync(request, stop).ToHttpAsync())
            .RequirePermission(MessagesPermissions.Act).Produces<Tried>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Installation).WithTags("Messages")
            .WithSummary("Send a test message to oneself");

    public async Task<Outcome<Tried>> RunAsync(Request request, CancellationToken stop)
    {
        // Its office tries it, where its secret lies.
        if (request.Channel == MessageChannel.Robot) return Refusal.OfField("channel", "RobotTriedElsewhere");
        var address = MessageAddress.Normalise(request.Address ?? "");
        if (!MessageAddress.IsOf(request.Channel, address)) return Refusal.OfField("address", request.Channel == MessageChannel.Text ? "MobileFormat" : "MailFormat");
        var (account, since) = (current.Actor.Account, clock.GetUtcNow() - Lifetime);
        var before = await db.Set<OutgoingMessage>().CountAsync(m => m.Cause == Cause && m.MadeBy == account && m.MadeAt > since, stop);
        // A gateway costs money, and a page for tests is no way to write to people.
        if (before >= MostInAnHour) return new Refusal("TestsTooMany") { Measured = FactValue.Count(before), Limit = FactValue.Count(MostInAnHour) };
        var message = box.Add(request.Channel, address, request.Channel == MessageChannel.Mail ? words["Messages.Test.Title"].Value : null, words["Messages.Test.Text"].Value, Cause, $"account/{account}", null, Lifetime);
        db.Audit("messages.tested", $"message/{message.Id}", new { channel = request.Channel.ToString() });
        await db.SaveAsync(stop);
        return new Tried(message.Id);
    }
}
