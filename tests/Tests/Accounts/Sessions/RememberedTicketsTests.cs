using System.Security.Claims;
using Anlan.Accounts.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;

namespace Anlan.Tests.Accounts.Sessions;

public sealed class RememberedTicketsTests
{
    private readonly RememberedTickets _tickets = new(new TicketDataFormat(new EphemeralDataProtectionProvider().CreateProtector("cookies")));

    private static AuthenticationTicket Ticket => new(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "welder")], "anlan")), "anlan");

    [Fact]
    public void A_cookie_reads_the_same_the_second_time()
    {
        var cookie = _tickets.Protect(Ticket);

        var (first, second) = (_tickets.Unprotect(cookie), _tickets.Unprotect(cookie));

        Assert.Equal("welder", first?.Principal.Identity?.Name);
        Assert.Equal("welder", second?.Principal.Identity?.Name);
    }

    [Fact]
    public void What_one_request_does_to_its_principal_no_other_sees()
    {
        var cookie = _tickets.Protect(Ticket);

        _tickets.Unprotect(cookie)!.Principal.AddIdentity(new ClaimsIdentity([new Claim(ClaimTypes.Role, "administrator")]));

        Assert.False(_tickets.Unprotect(cookie)!.Principal.IsInRole("administrator"));
    }

    [Fact]
    public void A_forged_cookie_stays_forged()
    {
        var cookie = _tickets.Protect(Ticket);
        _tickets.Unprotect(cookie);

        Assert.Null(_tickets.Unprotect(cookie[..^2] + (cookie.EndsWith('A') ? "BB" : "AA")));
        Assert.Null(_tickets.Unprotect(cookie, "another purpose"));
    }
}
