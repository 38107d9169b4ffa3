using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Messages;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Messages;
using Anlan.Toolkit.Time;
using Anlan.Training.Certificates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;

namespace Anlan.Training.Reminders;

/// <summary>
/// Reminds the holder by text message once the review or the end is as near as the rule book says; the enterprise has a task on its desk from the same
/// day on (<see cref="CertificateTasks"/>). Mark and message are one commit, so that each end is told once, also over a restart; a renewal arms the reminder again.
/// </summary>
internal sealed class RemindHolders(CertificateIndex index, CertificateRules rules, IServiceScopeFactory scopes, CityCalendar calendar, TimeProvider clock, IStringLocalizer<Words> words, ILogger<RemindHolders> logger) : DayTurn(calendar, clock, logger)
{
    public override async Task<int> RunAsync(DateOnly today, CancellationToken stop)
    {
        var told = 0;
        foreach (var due in index.All.Where(c => IsDue(c.StatusOn(today, rules), c.Dates, c.RemindedOf) && !index.IsReplaced(c, today, rules)).ToList()) told += await RemindAsync(due.Id, today, stop) ? 1 : 0;
        return told;
    }

    private static bool IsDue(CertificateStatus status, CertificateDates dates, DateOnly? remindedOf) =>
        status is CertificateStatus.ReviewDue or CertificateStatus.ExpiresSoon && remindedOf != dates.DayOf(status);

    private async Task<bool> RemindAsync(Guid id, DateOnly today, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        var db = scope.ServiceProvider.GetRequiredService<TrainingDb>();
        if (await db.Certificates.SingleOrDefaultAsync(c => c.Id == id, stop) is not { } certificate) return false;
        var status = rules.StatusOn(today, certificate.Category, certificate.Dates, certificate.RevokedOn);
        if (!IsDue(status, certificate.Dates, certificate.RemindedOf)) return false;

        var day = certificate.Dates.DayOf(status);
        certificate.RemindedOf = day;
        var mobile = await scope.ServiceProvider.GetRequiredService<IContacts>().FindMobileAsync(certificate.Person, stop);
        db.Context.Audit("training.certificate.reminded", $"person/{certificate.Person.Value}", new { certificate = id, status = status.ToString(), day, byMessage = mobile is not null });
        if (mobile is not null)
        {
            var text = MessageLanguage.Say(() => words["Message." + status, words.Kind(certificate.Category, certificate.SubItem), day]);
            // Afterwards it is lapsed, and that is told by another message.
            scope.ServiceProvider.GetRequiredService<IMessages>().SendText(mobile, text, new MessageCause("training.reminder", $"certificate/{id}", certificate.Person.Value, Calendar.EndOf(day) - Calendar.Now));
        }

        return await db.Context.TrySaveAsync(stop);
    }
}
