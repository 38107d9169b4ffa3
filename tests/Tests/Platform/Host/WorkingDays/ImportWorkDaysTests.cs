using System.Net;
using System.Net.Http.Json;
using System.Text;
using Anlan.Contracts.Accounts;
using Anlan.Host.WorkingDays;
using Anlan.Kernel.Time;
using Anlan.Tests.Platform.Toolkit.Time;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Time;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Platform.Host.WorkingDays;

/// <summary>An administrator imports a year; until then it is unknown, and a faulty file changes nothing.</summary>
public sealed class ImportWorkDaysTests : IAsyncLifetime
{
    private static readonly DateOnly Holiday = new(2031, 10, 1);
    private ModuleHost _host = default!;

    public async ValueTask InitializeAsync()
    {
        var module = new WorkingDaysModule();
        _host = await ModuleHost.StartAsync(module, (services, _) =>
        {
            services.AddWorkDays().AddSingleton(provider => new CityCalendar(TimeZoneInfo.Utc, provider.GetRequiredService<TimeProvider>()));
            module.AddServices(services, new ConfigurationBuilder().Build());
        }, module.MapRoutes);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_year_is_unknown_until_its_file_is_imported_and_counted_from_then_on()
    {
        var before = await TermAsync("2031-09-30");
        var answer = await ImportAsync(WorkDayFileTests.Year(2031));
        var after = await TermAsync("2031-09-30");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.OK), (before.StatusCode, answer.StatusCode, after.StatusCode));
        Assert.Equal([WorkCalendar.YearUnknown], await ModuleHost.RefusalsAsync(before));
        Assert.Equal("2031-10-13", (await ModuleHost.JsonAsync(after)).GetProperty("last").GetString()); // ten days off, then a weekend
        Assert.Equal("notice 5", (await YearAsync(2031)).GetProperty("source").GetString());
        Assert.Contains(await _host.AuditAsync(), record => record is { Action: "workingDays.year.imported", Subject: "workYear/2031" });
    }

    [Fact]
    public async Task An_imported_year_is_there_after_a_restart_and_takes_the_place_of_the_programs_own()
    {
        await ImportAsync(WorkDayFileTests.Year(2025));
        var again = new WorkDays();

        await _host.ReadAsync(async db =>
        {
            await ((IEntityIndex)again).LoadAsync(db, CancellationToken.None);
            return 0;
        });

        Assert.Equal(DayKind.Holiday, again.Calendar.KindOf(new DateOnly(2025, 10, 9)).Value);
        Assert.Equal("notice 5", again.Find(2025)!.Source);
        Assert.Null(again.Find(2024)!.Source);
    }

    [Fact]
    public async Task A_later_file_of_the_same_year_replaces_the_earlier_one()
    {
        await ImportAsync(WorkDayFileTests.Year(2031));
        await ImportAsync(WorkDayFileTests.Year(2031).Replace("2031-10-01", "2031-10-11", StringComparison.Ordinal));

        var calendar = _host.Services.GetRequiredService<WorkDays>().Calendar;

        Assert.Equal((DayKind.Working, DayKind.Holiday), (calendar.KindOf(Holiday).Value, calendar.KindOf(new DateOnly(2031, 10, 11)).Value));
    }

    [Fact]
    public async Task Every_faulty_line_is_told_and_nothing_is_imported()
    {
        var answer = await ImportAsync(WorkDayFileTests.Year(2031) + "2031-10-32,holiday,国庆节,National Day\nnonsense\n");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(["line 12:WorkDaysDay", "line 13:WorkDaysFields"], await ModuleHost.RefusalsAsync(answer));
        Assert.False((await YearAsync(2031)).GetProperty("known").GetBoolean());
    }

    [Fact]
    public async Task Whoever_imports_says_where_it_was_published_and_brings_no_giant()
    {
        Assert.Equal(["source:WorkDaysSource"], await ModuleHost.RefusalsAsync(await ImportAsync(WorkDayFileTests.Year(2031), " ")));
        Assert.Equal(["file:WorkDaysTooLarge"], await ModuleHost.RefusalsAsync(await ImportAsync(new string('#', ImportWorkDays.Most + 1))));
    }

    [Fact]
    public async Task Only_the_system_administrator_imports_and_a_year_comes_out_as_it_went_in()
    {
        using var bureau = _host.As(RoleNames.CityBureau);
        await ImportAsync(WorkDayFileTests.Year(2031));

        var refused = await bureau.PostAsync("working-days/import?source=x", Csv(WorkDayFileTests.Year(2032)));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(WorkDayFileTests.Year(2031), (await bureau.GetStringAsync("working-days/2031/export")).TrimStart('\uFEFF'));
        Assert.Equal(["count:WorkingDaysCount"], await ModuleHost.RefusalsAsync(await bureau.GetAsync("working-days/after?from=2025-01-01&count=0")));
    }

    private async Task<HttpResponseMessage> ImportAsync(string text, string source = "notice 5")
    {
        using var admin = _host.As(RoleNames.SystemAdministrator);
        return await admin.PostAsync("working-days/import?source=" + Uri.EscapeDataString(source), Csv(text));
    }

    private async Task<HttpResponseMessage> TermAsync(string from)
    {
        using var bureau = _host.As(RoleNames.CityBureau);
        return await bureau.GetAsync($"working-days/after?from={from}&count=1");
    }

    private async Task<System.Text.Json.JsonElement> YearAsync(int year)
    {
        using var bureau = _host.As(RoleNames.CityBureau);
        return await bureau.GetFromJsonAsync<System.Text.Json.JsonElement>($"working-days/{year}");
    }

    private static StringContent Csv(string text) => new(text, Encoding.UTF8, "text/csv");
}
