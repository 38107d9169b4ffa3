using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Alarms;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Messages;
using Anlan.Toolkit.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Alarms.Delivery;

/// <summary>How one wants to be told oneself.</summary>
internal sealed class OwnPreference(AlarmsDb db, PersonalFields fields, CurrentActor current)
{
    /// <param name="Mobile">Mobile number, or nothing.</param>
    /// <param name="Mail">E-mail address, or nothing.</param>
    /// <param name="TextFrom">By text message from this severity on; nothing = never.</param>
    /// <param name="MailFrom">By e-mail from this severity on; nothing = never.</param>
    /// <param name="QuietFrom">Begin of the quiet hours by the city's clock; nothing = none. The severe ones are told at every hour.</param>
    /// <param name="QuietTo">End of the quiet hours.</param>
    public sealed record Preference(string? Mobile, string? Mail, AlarmSeverity? TextFrom, AlarmSeverity? MailFrom, TimeOnly? QuietFrom, TimeOnly? QuietTo);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/me/alarms", (OwnPreference slice, CancellationToken stop) => slice.ReadAsync(stop)).RequirePermission(AlarmsPermissions.View).Scoped(ScopedBy.Own).WithTags("Alarms").WithSummary("How one is told of alarms beside the pages");
        api.MapPut("/me/alarms", (Preference preference, OwnPreference slice, CancellationToken stop) => slice.SaveAsync(preference, stop).ToHttpAsync())
            .RequirePermission(AlarmsPermissions.View).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Own).WithTags("Alarms").WithSummary("Say how one wants to be told of alarms");
    }

    public async Task<Preference> ReadAsync(CancellationToken stop)
    {
        if (await db.Preferences.AsNoTracking().SingleOrDefaultAsync(p => p.Account == current.Actor.Account, stop) is not { } kept) return new Preference(null, null, null, null, null, null);
        return new Preference(
            kept.Mobile is null ? null : AlarmPreference.Sealing.Open(fields, kept, "mobile"), kept.Mail is null ? null : AlarmPreference.Sealing.Open(fields, kept, "mail"), kept.TextFrom, kept.MailFrom, kept.QuietFrom, kept.QuietTo);
    }

    /// <summary>Refused with <c>MobileInvalid</c>, <c>MailInvalid</c> and <c>QuietHoursIncomplete</c>.</summary>
    public async Task<Outcome> SaveAsync(Preference wanted, CancellationToken stop)
    {
        var (mobile, mail) = (Plain(wanted.Mobile), Plain(wanted.Mail));
        List<Refusal> refusals = [];
        if (mobile is null ? wanted.TextFrom is not null : !MessageAddress.IsOf(MessageChannel.Text, mobile)) refusals.Add(Refusal.OfField("mobile", "MobileInvalid"));
        if (mail is null ? wanted.MailFrom is not null : !MessageAddress.IsOf(MessageChannel.Mail, mail)) refusals.Add(Refusal.OfField("mail", "MailInvalid"));
        if (wanted.QuietFrom is null != wanted.QuietTo is null) refusals.Add(Refusal.OfField("quietFrom", "QuietHoursIncomplete"));
        if (refusals.Count > 0) return Outcome.Refused(refusals);

        var kept = await db.Preferences.SingleOrDefaultAsync(p => p.Account == current.Actor.Account, stop);
        if (kept is null) db.Preferences.Add(kept = new AlarmPreference { Account = current.Actor.Account });
        kept.Mobile = mobile is null ? null : AlarmPreference.Sealing.Seal(fields, kept, "mobile", mobile);
        kept.Mail = mail is null ? null : AlarmPreference.Sealing.Seal(fields, kept, "mail", mail);
        (kept.TextFrom, kept.MailFrom, kept.QuietFrom, kept.QuietTo) = (wanted.TextFrom, wanted.MailFrom, wanted.QuietFrom, wanted.QuietTo);
        db.Context.Audit("alarms.preference.changed", $"account/{current.Actor.Account}", new { text = wanted.TextFrom, mail = wanted.MailFrom, wanted.QuietFrom, wanted.QuietTo });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }

    private static string? Plain(string? address) => string.IsNullOrWhiteSpace(address) ? null : MessageAddress.Normalise(address);
}
