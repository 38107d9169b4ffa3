using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Anlan.Tests.Welding.Machines;
using Anlan.Welding.Loans;
using Anlan.Welding.Machines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Anlan.Tests.Welding.Loans;

public sealed class LendMachineTests : IAsyncLifetime
{
    private const string CreditCode = "91990000123456788C";
    private MachinesHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await MachinesHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task From_the_first_to_the_last_day_the_borrower_uses_the_machine_and_then_the_former_user_again()
    {
        var (owner, borrower) = (_host.Neighbours.AnEnterprise("Owner"), _host.Neighbours.AnEnterprise("Borrower", CreditCode));
        await _host.AMachineAsync(owner);
        var today = new DateOnly(2040, 3, 5);

        var lent = await LendAsync(new { kind = "rented", creditCode = CreditCode, from = Day(today.AddDays(1)), to = Day(today.AddDays(2)) });

        Assert.Equal(HttpStatusCode.NoContent, lent.StatusCode);
        var (index, machine) = (_host.Services.GetRequiredService<LoanIndex>(), Machine.Id);
        Assert.Equal([owner, borrower, borrower], Enumerable.Range(0, 3).Select(days => index.UserOf(machine, owner, today.AddDays(days))));
        var turn = new TurnLoans(index, _host.Services.GetRequiredService<IServiceScopeFactory>(), _host.Services.GetRequiredService<Kernel.Time.CityCalendar>(), _host.Clock, NullLogger<TurnLoans>.Instance);
        var turned = new List<int>();
        for (var days = 0; days < 3; days++) turned.Add(await turn.RunAsync(today.AddDays(days), TestContext.Current.CancellationToken));
        Assert.Equal([0, 1, 0], turned);
        Assert.Equal(borrower, Machine.UserEnterprise);
        Assert.Equal(HttpStatusCode.OK, (await _host.As("safety-manager", borrower).GetAsync("machines/WJ-0001")).StatusCode);

        // The day after the last one: a start sees it at once, the registry with the turn of the day.
        Assert.Equal(owner, index.UserOf(machine, Machine.UserEnterprise, today.AddDays(3)));
        Assert.Equal(1, await turn.RunAsync(today.AddDays(3), TestContext.Current.CancellationToken));
        Assert.Equal((owner, 0), (Machine.UserEnterprise, index.Of(machine).Count));
    }

    [Fact]
    public async Task A_loan_from_today_begins_at_once_ends_by_hand_and_stands_against_another_one()
    {
        var (owner, borrower) = (_host.Neighbours.AnEnterprise("Owner"), _host.Neighbours.AnEnterprise("Borrower", CreditCode));
        await _host.AMachineAsync(owner);
        await LendAsync(new { kind = "lent", creditCode = CreditCode, to = "2040-03-09" });
        Assert.Equal(borrower, Machine.UserEnterprise);

        var again = await LendAsync(new { kind = "lent", creditCode = CreditCode, to = "2040-03-09" });
        var edited = await _host.Bureau.PutAsJsonAsync("machines/WJ-0001", MachinesHost.ADeclaration(owner));
        await _host.OpenSessionAsync("WJ-0001");
        var running = await _host.Bureau.PostAsJsonAsync("machines/WJ-0001/loans/end", new { });

        Assert.Equal(["LoanToUser"], await MachinesHost.RefusalsAsync(again));
        Assert.Equal(["userEnterprise:LoanOpen"], await MachinesHost.RefusalsAsync(edited));
        Assert.Equal(["SessionOpen"], await MachinesHost.RefusalsAsync(running));
        Assert.Equal(borrower, Machine.UserEnterprise);
    }

    [Fact]
    public async Task A_wrong_loan_names_every_fault_and_changes_nothing()
    {
        await _host.AMachineAsync(_host.Neighbours.AnEnterprise("Owner"));

        var refused = await LendAsync(new { kind = "stolen", creditCode = "nobody", from = "2040-03-04" });

        Assert.Equal(["kind:LoanKindInvalid", "creditCode:EnterpriseUnknown", "from:LoanDayPast", "to:LoanEndInvalid"], await MachinesHost.RefusalsAsync(refused));
        Assert.Equal(["LoanNone"], await MachinesHost.RefusalsAsync(await _host.Bureau.PostAsJsonAsync("machines/WJ-0001/loans/end", new { })));
    }

    private MachineFacts Machine => _host.Services.GetRequiredService<MachineIndex>().FindByCode("WJ-0001")!;

    private Task<HttpResponseMessage> LendAsync(object loan) => _host.Bureau.PostAsJsonAsync("machines/WJ-0001/loans", loan);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
