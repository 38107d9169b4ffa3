using Anlan.Accounts.Credentials;
using Anlan.Accounts.Sessions;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Accounts.Factors;

/// <summary>Makes ten new recovery codes; the old ones are worthless at the commit.</summary>
internal sealed class RenewRecoveryCodes(AccountsDb db, FactorBox factors, OwnerCheck owner)
{
    public sealed record Request(string? Password);

    /// <param name="RecoveryCodes">In plain, shown this once.</param>
    public sealed record Renewed(IReadOnlyList<string> RecoveryCodes);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/recovery-codes", (Request request, RenewRecoveryCodes slice, CancellationToken stop) => slice.RunAsync(request, stop).ToAnswerAsync())
            .RequireAuthorization().Produces<Renewed>().ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("Make new recovery codes; they are told once");

    public Task<Outcome<Renewed>> RunAsync(Request request, CancellationToken stop) => owner.RunAsync<Renewed>(request.Password, async account =>
    {
        if (!await factors.HasAnyAsync(account.Id, stop)) return new Refusal("FactorMissing");
        var codes = await factors.MakeRecoveryCodesAsync(account.Id, stop);
        db.Context.Audit("accounts.recovery-codes.renewed", $"account/{account.Id}");
        return await db.Context.TrySaveAsync(stop) ? new Renewed(codes) : new Refusal("ChangedMeanwhile");
    }, stop);
}
