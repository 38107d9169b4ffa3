using System.Net;
using System.Net.Http.Json;
using Anlan.Accounts.Sessions;
using Anlan.Toolkit.Retention;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Accounts.Sessions;

public sealed class SignInSessionTests
{
    private static async Task<HttpStatusCode> LookAsync(HttpClient browser) => (await browser.GetAsync("/api/v1/me")).StatusCode;

    [Fact]
    public async Task A_stolen_cookie_is_worthless_after_sign_out()
    {
        await using var host = await AccountsHost.StartAsync();
        var owner = await host.AdministratorAsync();
        var thief = host.BrowserWith(host.CookieOf(owner));
        Assert.Equal(HttpStatusCode.OK, await LookAsync(thief));

        await owner.PostAsync("/api/v1/sign-out", null);

        Assert.Equal(HttpStatusCode.Unauthorized, await LookAsync(thief));
    }

    [Fact]
    public async Task The_list_tells_browser_system_and_time_and_one_can_end_one_or_all_others()
    {
        await using var host = await AccountsHost.StartAsync();
        var own = await host.AdministratorAsync();
        var (phone, third) = (host.Browser(), host.Browser());
        phone.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36");
        await AccountsHost.SignInAsync(phone, "root-of-all");
        await AccountsHost.SignInAsync(third, "root-of-all");

        var list = (await AccountsHost.JsonAsync(await own.GetAsync("/api/v1/me/sessions"))).EnumerateArray().ToList();
        var onPhone = list.Single(row => row.GetProperty("device").GetString() == "Chrome, Android");
        var ended = await own.PostAsync($"/api/v1/me/sessions/{onPhone.GetProperty("id").GetGuid()}/end", null);

        Assert.Equal(3, list.Count);
        Assert.Single(list, row => row.GetProperty("isOwn").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await LookAsync(phone), await LookAsync(third)));

        await own.PostAsync("/api/v1/me/sessions/end-others", null);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (await LookAsync(own), await LookAsync(third)));
    }

    [Fact]
    public async Task Who_signs_in_ever_again_and_never_out_keeps_the_sessions_that_were_used_last()
    {
        await using var host = await AccountsHost.StartAsync();
        var first = await host.AdministratorAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = host.Browser();
        await AccountsHost.SignInAsync(second, "root-of-all");
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        for (var more = 1; more < SessionDesk.MostOpen; more++) await AccountsHost.SignInAsync(host.Browser(), "root-of-all");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await LookAsync(first), await LookAsync(second)));
        Assert.Equal(SessionDesk.MostOpen, host.Services.GetRequiredService<SessionIndex>().Open.Count());
    }

    [Fact]
    public async Task Nobody_ends_or_sees_a_session_of_somebody_else()
    {
        await using var host = await AccountsHost.StartAsync();
        var chief = await host.AdministratorAsync();
        var bureau = await host.StaffAsync("city-bureau", "bureau-one");
        var foreign = (await AccountsHost.JsonAsync(await chief.GetAsync("/api/v1/me/sessions")))[0].GetProperty("id").GetGuid();
        var account = (await AccountsHost.JsonAsync(await chief.GetAsync("/api/v1/me"))).GetProperty("account").GetGuid();

        Assert.Equal("SessionUnknown", await AccountsHost.RefusalAsync(await bureau.PostAsync($"/api/v1/me/sessions/{foreign}/end", null)));
        Assert.Equal(HttpStatusCode.Forbidden, (await bureau.GetAsync($"/api/v1/accounts/{account}/sessions")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await bureau.PostAsJsonAsync($"/api/v1/accounts/{account}/sessions/end", new { reason = "mine" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await LookAsync(chief));
    }

    [Fact]
    public async Task An_administrator_ends_all_sessions_of_an_account_with_a_reason_and_open_pages_hear_of_it()
    {
        await using var host = await AccountsHost.StartAsync();
        var chief = await host.AdministratorAsync();
        var (welder, account) = await host.WelderAsync(host.Neighbours.ACertifiedWelder());
        var heard = new List<Guid>();
        host.Services.GetRequiredService<SessionIndex>().Ended += heard.Add;

        var bare = await AccountsHost.RefusalAsync(await chief.PostAsJsonAsync($"/api/v1/accounts/{account}/sessions/end", new { reason = " " }));
        var ended = await chief.PostAsJsonAsync($"/api/v1/accounts/{account}/sessions/end", new { reason = "phone found in the street" });

        Assert.Equal("ReasonMissing", bare);
        Assert.Equal(1, (await AccountsHost.JsonAsync(ended)).GetProperty("sessions").GetInt32());
        Assert.Single(heard);
        Assert.Equal(HttpStatusCode.Unauthorized, await LookAsync(welder));
    }

    [Fact]
    public async Task A_desk_ends_after_half_an_hour_without_use_and_each_use_begins_it_anew()
    {
        await using var host = await AccountsHost.StartAsync();
        var chief = await host.AdministratorAsync();

        host.Clock.Advance(TimeSpan.FromMinutes(29));
        var used = await LookAsync(chief);
        host.Clock.Advance(TimeSpan.FromMinutes(29));
        var usedAgain = await LookAsync(chief);
        host.Clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized), (used, usedAgain, await LookAsync(chief)));
    }

    [Fact]
    public async Task What_a_page_asks_by_itself_keeps_no_session_alive()
    {
        await using var host = await AccountsHost.StartAsync();
        var chief = await host.AdministratorAsync();

        for (var minute = 0; minute < 29; minute++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(HttpStatusCode.OK, (await chief.GetAsync("/api/v1/me/session")).StatusCode);
        }

        var left = (await AccountsHost.JsonAsync(await chief.GetAsync("/api/v1/me/session"))).GetProperty("secondsLeft").GetInt32();
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(60, left);
        Assert.Equal(HttpStatusCode.Unauthorized, (await chief.GetAsync("/api/v1/me/session")).StatusCode);
    }

    [Fact]
    public async Task Somebody_who_says_that_they_are_there_stays()
    {
        await using var host = await AccountsHost.StartAsync();
        var chief = await host.AdministratorAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(29));

        var told = await AccountsHost.JsonAsync(await chief.PostAsync("/api/v1/me/session", null));
        host.Clock.Advance(TimeSpan.FromMinutes(29));

        Assert.Equal(1_800, told.GetProperty("secondsLeft").GetInt32());
        Assert.Equal(HttpStatusCode.OK, await LookAsync(chief));
    }

    [Fact]
    public async Task A_desk_ends_after_twelve_hours_however_busy_and_a_welders_phone_lasts_for_weeks()
    {
        await using var host = await AccountsHost.StartAsync();
        var (welder, _) = await host.WelderAsync(host.Neighbours.ACertifiedWelder());
        var chief = await host.AdministratorAsync();

        var used = new List<HttpStatusCode>();
        for (var quarter = 0; quarter < 48; quarter++)
        {
            used.Add(await LookAsync(chief));
            host.Clock.Advance(TimeSpan.FromMinutes(15));
        }

        Assert.All(used, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(HttpStatusCode.Unauthorized, await LookAsync(chief));
        host.Clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal(HttpStatusCode.OK, await LookAsync(welder));
        host.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(HttpStatusCode.Unauthorized, await LookAsync(welder));
    }

    [Fact]
    public async Task The_clockwork_ends_what_is_over_and_says_why()
    {
        await using var host = await AccountsHost.StartAsync();
        (await host.AdministratorAsync()).Dispose();
        var id = Assert.Single(host.Services.GetRequiredService<SessionIndex>().Open).Id;
        host.Clock.Advance(TimeSpan.FromMinutes(30));

        // Its own turn may have come at the same moment; either way it is over and written afterwards.
        await host.Clockwork.EndAsync(TestContext.Current.CancellationToken);
        await host.Clockwork.EndAsync(TestContext.Current.CancellationToken);

        Assert.Empty(host.Services.GetRequiredService<SessionIndex>().Open);

        Assert.Equal(SessionEnd.Idle, await host.ReadAsync(db => db.Set<SignInSession>().Where(s => s.Id == id).Select(s => s.End).SingleAsync()));
    }

    [Fact]
    public async Task Sessions_and_their_last_use_outlive_a_restart()
    {
        var before = await AccountsHost.StartAsync();
        var chief = await before.AdministratorAsync();
        before.Clock.Advance(TimeSpan.FromMinutes(20));
        await LookAsync(chief);
        var cookie = before.CookieOf(chief);
        var now = before.Clock.GetUtcNow();
        var folder = await before.StopAsync();

        await using var host = await AccountsHost.StartAsync(folder);
        host.Clock.SetUtcNow(now.AddMinutes(29));

        Assert.Equal(HttpStatusCode.OK, await LookAsync(host.BrowserWith(cookie)));
    }

    [Fact]
    public async Task Ended_sessions_go_after_their_term_unless_a_hold_keeps_their_person_and_open_ones_stay()
    {
        await using var host = await AccountsHost.StartAsync();
        var person = host.Neighbours.ACertifiedWelder();
        var (_, welder) = await host.WelderAsync(person);
        var now = host.Clock.GetUtcNow();
        var (past, recent, open) = (now.AddDays(-91), now.AddDays(-89), (DateTimeOffset?)null);
        await host.ReadAsync(async db =>
        {
            await db.Set<SignInSession>().ExecuteDeleteAsync();
            foreach (var (account, ended) in new[] { (welder, past), (Guid.CreateVersion7(), past), (welder, recent), (welder, open) }.Select(row => (row.Item1, row.Item2)))
            {
                db.Add(new SignInSession { Id = Guid.CreateVersion7(), Account = account, Stamp = "stamp", BegunAt = past.AddDays(-1), LastSeenAt = past, EndsAt = now, EndedAt = ended });
            }

            return await db.SaveChangesAsync();
        });
        var kind = host.Services.GetServices<IRetainedRecords>().Single(records => records.Key == "signIns");

        Assert.Equal(1, await host.ReadAsync(db => kind.DeleteAsync(db, now.AddDays(-90), new Held([person.Value], []), 100, CancellationToken.None)));
        Assert.Equal(1, await host.ReadAsync(db => kind.DeleteAsync(db, now.AddDays(-90), new Held([], []), 100, CancellationToken.None)));

        Assert.Equal([recent, open], (await host.ReadAsync(db => db.Set<SignInSession>().Select(s => s.EndedAt).ToListAsync())).OrderByDescending(ended => ended.HasValue));
    }
}
