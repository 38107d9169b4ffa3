using System.Net.Http.Json;
using Anlan.Tests.Enterprises;
using Anlan.Toolkit.Messages;
using Anlan.Training.Reminders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Training.Reminders;

public sealed class RemindHoldersTests
{
    [Fact]
    public async Task Welder_and_enterprise_hear_of_an_end_on_the_rules_day_once_and_of_a_renewed_ones_end_again()
    {
        await using var host = await RegistryHost.StartAsync();
        var (enterprise, person) = (await host.AnEnterpriseAsync(), await host.APersonAsync());
        (await host.Bureau.PutAsJsonAsync($"people/{person}", new { phone = "13812345678" })).EnsureSuccessStatusCode();
        await host.AnEmploymentAsync(person, enterprise);
        var last = host.Today.AddDays(200);
        var id = await host.ACertificateAsync(person, issuedOn: last.AddYears(-6).AddDays(1), reviewDueOn: last, expiresOn: last);
        var job = host.Get<RemindHolders>();

        // CERT-REMINDER: 90 days, the day itself counts.
        host.GoTo(last.AddDays(-91));
        var before = (await job.RunAsync(host.Today, CancellationToken.None), await TasksAsync(host, enterprise));
        host.GoTo(last.AddDays(-90));
        var told = (await job.RunAsync(host.Today, CancellationToken.None), await TasksAsync(host, enterprise));
        host.GoTo(last.AddDays(-60));
        var again = await job.RunAsync(host.Today, CancellationToken.None);

        Assert.Equal((0, 0), before);
        Assert.Equal((1, 1), told);
        Assert.Equal(0, again);
        var message = Assert.Single(await MessagesAsync(host));
        await using var scope = host.Services.CreateAsyncScope();
        Assert.Equal((person, "training.reminder", "13812345678"), (message.Person, message.Cause, scope.ServiceProvider.GetRequiredService<MessageBox>().Open(message).Address));

        (await host.Bureau.PutAsJsonAsync($"certificates/{id}", new { category = "welding", subItem = "fusion", issuedOn = host.Today, expiresOn = host.Today.AddYears(6) })).EnsureSuccessStatusCode();
        Assert.Equal((0, 0), (await job.RunAsync(host.Today, CancellationToken.None), await TasksAsync(host, enterprise)));
        host.GoTo(host.Today.AddYears(6).AddDays(-10));
        Assert.Equal(1, await job.RunAsync(host.Today, CancellationToken.None));
        Assert.Equal(2, (await MessagesAsync(host)).Count);
    }

    [Fact]
    public async Task Nobody_is_reminded_of_what_another_certificate_replaces_or_what_has_lapsed()
    {
        await using var host = await RegistryHost.StartAsync();
        var (replaced, lapsed) = (await host.APersonAsync(), await host.APersonAsync());
        await host.ACertificateAsync(replaced, issuedOn: host.Today.AddYears(-5), reviewDueOn: host.Today.AddDays(30), expiresOn: host.Today.AddDays(30));
        await host.ACertificateAsync(replaced);
        await host.ACertificateAsync(lapsed, issuedOn: host.Today.AddYears(-5), reviewDueOn: host.Today.AddDays(-1), expiresOn: host.Today.AddDays(-1));

        Assert.Equal(0, await host.Get<RemindHolders>().RunAsync(host.Today, CancellationToken.None));
    }

    private static async Task<int> TasksAsync(RegistryHost host, Guid enterprise) =>
        (await RegistryHost.JsonAsync(await host.ManagerOf(enterprise).GetAsync("desk"))).GetProperty("items").EnumerateArray().Count(task => task.GetProperty("href").GetString()!.StartsWith("/certificates", StringComparison.Ordinal));

    private static Task<List<OutgoingMessage>> MessagesAsync(RegistryHost host) => host.ReadAsync(db => db.Set<OutgoingMessage>().AsNoTracking().ToListAsync());
}
