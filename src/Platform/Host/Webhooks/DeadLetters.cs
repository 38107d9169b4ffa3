using System.Globalization;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Anlan.Host.Webhooks;

/// <summary>Events that did not arrive: shown, sent again, discarded.</summary>
internal sealed class DeadLetters(AnlanDb db, WebhookIndex webhooks, WebhookSender sender, CityCalendar calendar, IStringLocalizer<Words> words)
{
    /// <param name="Seq">Position of its entry in the log.</param>
    /// <param name="Type">Type of the event.</param>
    /// <param name="Subject">What it is about.</param>
    /// <param name="At">When it happened.</param>
    /// <param name="Attempts">How often it was tried.</param>
    /// <param name="Said">What the last attempt came to.</param>
    /// <param name="IsAgain">It is on its way again.</param>
    /// <param name="Body">The event as it is sent.</param>
    public sealed record Row(Guid Id, long Seq, string Type, string Subject, DateTimeOffset At, int Attempts, string Said, DateTimeOffset PutAsideAt, bool IsAgain, string Body);

    /// <param name="Count">How many.</param>
    public sealed record Moved(int Count);

    /// <param name="Letter">One, or null for all.</param>
    /// <param name="Reason">Why they are discarded.</param>
    public sealed record Request(Guid? Letter = null, string? Reason = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/webhooks/{webhook:guid}/dead-letters", (Guid webhook, string? search, DeadLetters slice, CancellationToken stop, int page = 1, int size = 20) => slice.ListAsync(webhook, new PageRequest(page, size, search), stop))
            .RequirePermission(WebhooksPermissions.View).Scoped(ScopedBy.Installation).WithTags("Webhooks").WithSummary("Events that did not arrive, oldest first; search by type and subject");
        api.MapGet("/webhooks/{webhook:guid}/dead-letters/export", (Guid webhook, string? search, DeadLetters slice) => slice.Export(webhook, search))
            .RequirePermission(WebhooksPermissions.View).Produces(StatusCodes.Status200OK, contentType: "text/csv").Scoped(ScopedBy.Installation).WithTags("Webhooks").WithSummary("Export events that did not arrive");
        api.MapPost("/webhooks/{webhook:guid}/dead-letters/resend", (Guid webhook, Request request, DeadLetters slice, CancellationToken stop) => slice.ResendAsync(webhook, request.Letter, stop).ToHttpAsync())
            .RequirePermission(WebhooksPermissions.Edit).Produces<Moved>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Installation).WithTags("Webhooks").WithSummary("Send one event, or all, again");
        api.MapPost("/webhooks/{webhook:guid}/dead-letters/discard", (Guid webhook, Request request, DeadLetters slice, CancellationToken stop) => slice.DiscardAsync(webhook, request.Letter, request.Reason, stop).ToHttpAsync())
            .RequirePermission(WebhooksPermissions.Edit).Produces<Moved>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Installation).WithTags("Webhooks").WithSummary("Discard one event, or all, for a reason");
    }

    public async Task<Page<Row>> ListAsync(Guid webhook, PageRequest request, CancellationToken stop)
    {
        var letters = Of(webhook, request.Term);
        var found = await letters.OrderBy(l => l.Seq).Skip(request.Skip).Take(request.Take).ToListAsync(stop);
        return new Page<Row>([.. found.Select(l => new Row(l.Id, l.Seq, l.Type, l.Subject, l.At, l.Attempts, l.Said, l.PutAsideAt, l.IsAgain, l.Body))], await letters.CountAsync(stop));
    }

    public async Task<Outcome<Moved>> ResendAsync(Guid webhook, Guid? letter, CancellationToken stop)
    {
        if (webhooks.Find(webhook) is null) return new Refusal("WebhookUnknown");
        db.Audit("webhooks.resent", $"webhook/{webhook}", new { letter });
        await db.SaveAsync(stop);
        var count = await Of(webhook, null).Where(l => letter == null || l.Id == letter).ExecuteUpdateAsync(set => set.SetProperty(l => l.IsAgain, true), stop);
        sender.Wake(webhook);
        return letter is not null && count == 0 ? new Refusal("DeadLetterUnknown") : new Moved(count);
    }

    public async Task<Outcome<Moved>> DiscardAsync(Guid webhook, Guid? letter, string? reason, CancellationToken stop)
    {
        if (Reason.Check(reason) is { } missing) return missing;
        var letters = Of(webhook, null).Where(l => letter == null || l.Id == letter);
        db.Audit("webhooks.discarded", $"webhook/{webhook}", new { letter, count = await letters.CountAsync(stop), reason = reason!.Trim() });
        await db.SaveAsync(stop);
        var count = await letters.ExecuteDeleteAsync(stop);
        return letter is not null && count == 0 ? new Refusal("DeadLetterUnknown") : new Moved(count);
    }

    private IResult Export(Guid webhook, string? search) => CsvFile.Of(
        $"webhook-dead-letters-{calendar.Today:yyyy-MM-dd}",
        [words["Webhooks.At"], words["Webhooks.Type"], words["Webhooks.Subject"], words["Webhooks.Attempts"], words["Webhooks.Said"], words["Webhooks.Body"]],
        Of(webhook, new PageRequest(1, 20, search).Term).OrderBy(l => l.Seq).Take(WebhookDeadLetter.Most).AsEnumerable().Select(l => (IReadOnlyList<string?>)
            [calendar.Local(l.At).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), words["Webhooks.Type." + l.Type], l.Subject, l.Attempts.ToString(CultureInfo.InvariantCulture), words.SayAnswer(l.Said), l.Body]));

    private IQueryable<WebhookDeadLetter> Of(Guid webhook, string? term)
    {
        var letters = db.Set<WebhookDeadLetter>().AsNoTracking().Where(l => l.Webhook == webhook);
        return term is null ? letters : letters.Where(l => l.Type.Contains(term) || l.Subject.Contains(term));
    }
}
