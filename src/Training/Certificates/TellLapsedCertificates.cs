using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Messages;
using Anlan.Contracts.Training;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Messages;
using Anlan.Toolkit.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;

namespace Anlan.Training.Certificates;

/// <summary>
/// Tells other modules of certificates that ran out or missed their review. Such a certificate carries nothing by its dates alone; this ends
/// work that is still running on it. Mark and event are one commit, so that each lapse is told once, also over a restart.
/// </summary>
internal sealed class TellLapsedCertificates(CertificateIndex index, CertificateRules rules, IServiceScopeFactory scopes, CityCalendar calendar, TimeProvider clock, IStringLocalizer<Words> words, ILogger<TellLapsedCertificates> logger) : DayTurn(calendar, clock, logger)
{
    private const int MostDaysAgo = 30;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public override async Task<int> RunAsync(DateOnly today, CancellationToken stop)
    {
        var told = 0;
        foreach (var due in index.All.Where(c => !c.IsLapseTold && !CertificateRules.CarriesWork(c.StatusOn(today, rules))).ToList()) told += await TellAsync(due.Id, today, stop) ? 1 : 0;
        return told;
    }

    private async Task<bool> TellAsync(Guid id, DateOnly today, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = Actor.System;
        var db = scope.ServiceProvider.GetRequiredService<TrainingDb>();
        if (await db.Certificates.SingleOrDefaultAsync(c => c.Id == id, stop) is not { LapseToldAt: null } certificate) return false;
        var status = rules.StatusOn(today, certificate.Category, certificate.Dates, certificate.RevokedOn);
        if (CertificateRules.CarriesWork(status)) return false;

        certificate.LapseToldAt = Calendar.Now;
        db.Context.Audit("training.certificate.lapsed", $"person/{certificate.Person.Value}", new { certificate = id, status = status.ToString() });
        db.Context.Publish(new CertificateWithdrawn(id, certificate.Person, status == CertificateStatus.ReviewOverdue ? "reviewOverdue" : "expired"));
        await AddMessageAsync(scope.ServiceProvider, certificate, status, today, stop);
        return await db.Context.TrySaveAsync(stop);
    }

    // The holder hears it before standing at a machine that stays off. Long lapsed ones that were entered late are no news.
    private async Task AddMessageAsync(IServiceProvider services, Certificate certificate, CertificateStatus status, DateOnly today, CancellationToken stop)
    {
        var lapsedOn = status == CertificateStatus.ReviewOverdue ? certificate.ReviewDueOn : certificate.ExpiresOn;
        if (lapsedOn is not { } day || day < today.AddDays(-MostDaysAgo) || await services.GetRequiredService<IContacts>().FindMobileAsync(certificate.Person, stop) is not { } mobile) return;
        var text = MessageLanguage.Say(() => words[status == CertificateStatus.ReviewOverdue ? "Message.ReviewOverdue" : "Message.Expired", words.Kind(certificate.Category, certificate.SubItem), day]);
        services.GetRequiredService<IMessages>().SendText(mobile, text, new MessageCause("training.lapsed", $"certificate/{certificate.Id}", certificate.Person.Value, Lifetime));
    }
}
