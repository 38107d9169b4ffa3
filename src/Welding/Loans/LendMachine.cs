using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding.Loans;

/// <summary>Rents or lends a machine to another enterprise for some days, and takes it back before they are over.</summary>
internal sealed class LendMachine(WeldingDb db, FindMachine find, LoanIndex loans, IEnterprises enterprises, OpenSessions sessions, CityCalendar calendar, CurrentActor current)
{
    /// <param name="Kind"><c>rented</c> or <c>lent</c>.</param>
    /// <param name="CreditCode">Whole credit code of the enterprise that will use it.</param>
    /// <param name="From">First day; today when left out.</param>
    /// <param name="To">Last day.</param>
    internal sealed record Request(string? Kind, string? CreditCode, DateOnly? From, DateOnly? To);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/machines/{code}/loans", (string code, Request request, LendMachine slice, CancellationToken stop) => slice.LendAsync(code, request, stop).ToHttpAsync())
            .RequirePermission(WeldingPermissions.Register).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Machines").WithSummary("Rent or lend a machine to another enterprise for some days");
        api.MapPost("/machines/{code}/loans/end", (string code, LendMachine slice, CancellationToken stop) => slice.EndAsync(code, stop).ToHttpAsync())
            .RequirePermission(WeldingPermissions.Register).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Machines").WithSummary("Give a rented or lent machine back now, or call a loan off before it begins");
    }

    public async Task<Outcome> LendAsync(string code, Request request, CancellationToken stop)
    {
        if (await find.RowAsync(code, stop) is not { } machine) return Outcome.Refused(FindMachine.Unknown(code));
        if (machine.ScrapReason is not null) return Outcome.Refused("MachineScrapped");
        var today = calendar.Today;
        var from = request.From ?? today;
        var borrower = enterprises.FindByCreditCode(request.CreditCode?.Trim().ToUpperInvariant() ?? "");
        var wrong = new List<Refusal>();
        if (!EnumQuery.TryRead<LoanKind>(request.Kind, out var kind) || kind is null) wrong.Add(Refusal.OfField("kind", "LoanKindInvalid"));
        if (borrower is null) wrong.Add(Refusal.OfField("creditCode", "EnterpriseUnknown"));
        else if (!borrower.IsActive) wrong.Add(Refusal.OfField("creditCode", "EnterpriseClosed") with { Measured = FactValue.Text(borrower.Name) });
        else if (borrower.Id == machine.UserEnterprise) wrong.Add(new Refusal("LoanToUser") { Measured = FactValue.Text(borrower.Name) });
        if (from < today) wrong.Add(Refusal.OfField("from", "LoanDayPast") with { Measured = FactValue.Of(from), Limit = FactValue.Of(today) });
        if (request.To is not { } to || to < from) wrong.Add(Refusal.OfField("to", "LoanEndInvalid") with { Limit = FactValue.Of(from) });
        if (wrong.Count > 0) return Outcome.Refused(wrong);
        if (loans.Of(machine.Id).Count > 0) return Outcome.Refused("LoanOpen");
        if (from == today && sessions.At(machine.Id) is not null) return Outcome.Refused("SessionOpen");

        var loan = new MachineLoan
        {
            Id = Guid.CreateVersion7(calendar.Now),
            Machine = machine.Id,
            Kind = kind!.Value,
            Enterprise = borrower!.Id,
            ReturnsTo = machine.UserEnterprise,
            From = from,
            To = request.To!.Value,
            EnteredAt = calendar.Now,
            EnteredBy = current.Actor.Name,
        };
        db.Loans.Add(loan);
        db.Context.Audit("welding.machine.lent", $"machine/{machine.Id.Value}", new { kind = loan.Kind.ToString(), to = loan.Enterprise.Value, loan.From, last = loan.To });
        if (from == today) Begin(machine, loan);
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }

    public async Task<Outcome> EndAsync(string code, CancellationToken stop)
    {
        if (await find.RowAsync(code, stop) is not { } machine) return Outcome.Refused(FindMachine.Unknown(code));
        if (loans.OpenOf(machine.Id) is not { } open || await db.Loans.SingleOrDefaultAsync(l => l.Id == open.Id, stop) is not { } loan) return Outcome.Refused("LoanNone");
        if (sessions.At(machine.Id) is not null) return Outcome.Refused("SessionOpen");
        loan.EndedBy = current.Actor.Name;
        End(machine, loan, calendar.Now);
        db.Context.Audit("welding.machine.returned", $"machine/{machine.Id.Value}", new { loan = loan.Id });
        return await db.Context.TrySaveAsync(stop) ? Outcome.Done : Outcome.Refused("ChangedMeanwhile");
    }

    /// <summary>The borrower uses the machine from now on.</summary>
    internal static void Begin(WeldingMachine machine, MachineLoan loan) => (loan.IsOn, machine.UserEnterprise) = (true, loan.Enterprise);

    /// <summary>The machine is back, or never went.</summary>
    internal static void End(WeldingMachine machine, MachineLoan loan, DateTimeOffset now)
    {
        if (loan.IsOn) machine.UserEnterprise = loan.ReturnsTo;
        (loan.IsOn, loan.EndedAt) = (false, now);
    }
}
