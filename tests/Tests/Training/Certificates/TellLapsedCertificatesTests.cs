using System.Net.Http.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Tests.Enterprises;
using Anlan.Toolkit.Messages;
using Anlan.Training.Certificates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Training.Certificates;

public sealed class TellLapsedCertificatesTests
{
    [Fact]
    public async Task The_holder_is_told_once_by_a_text_message_and_not_of_what_lapsed_long_ago()
    {
        await using var host = await RegistryHost.StartAsync();
        var (person, other) = (await host.APersonAsync(), await host.APersonAsync());
        foreach (var one in (Guid[])[person, other]) (await host.Bureau.PutAsJsonAsync($"people/{one}", new { phone = "+8613812345678" })).EnsureSuccessStatusCode();
        await host.ACertificateAsync(person, expiresOn: host.Today.AddDays(1));
        await host.ACertificateAsync(other, issuedOn: host.Today.AddYears(-6), expiresOn: host.Today.AddDays(-60));
        host.GoTo(host.Today.AddDays(2));
        for (var turn = 0; turn < 2; turn++) await host.Get<TellLapsedCertificates>().RunAsync(host.Today, CancellationToken.None);

        await using var scope = host.Services.CreateAsyncScope();
        var message = Assert.Single(await host.ReadAsync(db => db.Set<OutgoingMessage>().AsNoTracking().ToListAsync()));
        var plain = scope.ServiceProvider.GetRequiredService<MessageBox>().Open(message);
        Assert.Equal((person, "training.lapsed", "13812345678"), (message.Person, message.Cause, plain.Address));
        Assert.Contains("2026年1月6日", plain.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_runs_out_is_told_once_on_the_day_after()
    {
        await using var host = await RegistryHost.StartAsync();
        var person = await host.APersonAsync();
        var last = host.Today.AddDays(4);
        var id = await host.ACertificateAsync(person, issuedOn: last.AddYears(-6), reviewDueOn: last, expiresOn: last);
        var job = host.Get<TellLapsedCertificates>();

        var told = new[] { await job.RunAsync(last, CancellationToken.None), await job.RunAsync(last.AddDays(1), CancellationToken.None), await job.RunAsync(last.AddDays(2), CancellationToken.None) };

        Assert.Equal([0, 1, 0], told);
        Assert.Equal([new CertificateWithdrawn(id, new PersonId(person), "expired")], await host.EventsAsync<CertificateWithdrawn>());
    }

    [Fact]
    public async Task A_missed_review_is_told_too()
    {
        await using var host = await RegistryHost.StartAsync();
        var person = await host.APersonAsync();
        var due = host.Today.AddDays(4);
        var id = await host.ACertificateAsync(person, issuedOn: due.AddYears(-3), reviewDueOn: due);

        await host.Get<TellLapsedCertificates>().RunAsync(due.AddDays(1), CancellationToken.None);

        Assert.Equal([new CertificateWithdrawn(id, new PersonId(person), "reviewOverdue")], await host.EventsAsync<CertificateWithdrawn>());
    }

    [Fact]
    public async Task What_was_over_when_it_was_entered_ends_no_work()
    {
        await using var host = await RegistryHost.StartAsync();
        await host.ACertificateAsync(await host.APersonAsync(), issuedOn: host.Today.AddYears(-6).AddDays(-20), expiresOn: host.Today.AddDays(-20));

        Assert.Equal(0, await host.Get<TellLapsedCertificates>().RunAsync(host.Today, CancellationToken.None));
    }

    [Fact]
    public async Task A_renewed_certificate_is_told_again_when_it_runs_out_again()
    {
        await using var host = await RegistryHost.StartAsync();
        var job = host.Get<TellLapsedCertificates>();
        var last = host.Today.AddDays(4);
        var id = await host.ACertificateAsync(await host.APersonAsync(), issuedOn: last.AddYears(-6), reviewDueOn: last, expiresOn: last);
        host.GoTo(last.AddDays(1));
        await job.RunAsync(host.Today, CancellationToken.None);

        var renewed = await host.Bureau.PutAsJsonAsync($"certificates/{id}", new { category = "welding", subItem = "fusion", issuedOn = host.Today, expiresOn = host.Today.AddYears(6) });
        var told = await job.RunAsync(host.Today.AddYears(6).AddDays(1), CancellationToken.None);

        Assert.True(renewed.IsSuccessStatusCode);
        Assert.Equal(1, told);
        Assert.Equal(2, (await host.EventsAsync<CertificateWithdrawn>()).Count);
    }

    [Fact]
    public async Task Lapses_while_the_server_was_off_are_told_once_after_the_start()
    {
        var first = await RegistryHost.StartAsync();
        var last = first.Today.AddDays(4);
        await first.ACertificateAsync(await first.APersonAsync(), issuedOn: last.AddYears(-6), reviewDueOn: last, expiresOn: last);
        var (later, folder) = (first.Clock.GetUtcNow().AddDays(10), await first.StopAsync());

        var second = await RegistryHost.StartAsync(folder, at: later);
        var told = await second.Get<TellLapsedCertificates>().RunAsync(second.Today, CancellationToken.None);
        await using var third = await RegistryHost.StartAsync(await second.StopAsync(), at: later);

        Assert.Equal(1, told);
        Assert.Equal(0, await third.Get<TellLapsedCertificates>().RunAsync(third.Today, CancellationToken.None));
        Assert.Single(await third.EventsAsync<CertificateWithdrawn>());
    }
}
