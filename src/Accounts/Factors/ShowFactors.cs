using Anlan.Accounts.Registry;
using Anlan.Accounts.Roles;
using Anlan.Accounts.Sessions;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Factors;

/// <summary>What protects one's own account.</summary>
internal sealed class ShowFactors(AccountsDb db, AccountIndex index, CurrentActor current, DoorRules doors)
{
    public sealed record Row(Guid Id, FactorKind Kind, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);

    /// <param name="IsDemanded">The account needs at least one.</param>
    /// <param name="Factors">In the order in which they were enrolled.</param>
    /// <param name="RecoveryCodesLeft">Codes that still serve.</param>
    public sealed record Shown(bool IsDemanded, IReadOnlyList<Row> Factors, int RecoveryCodesLeft);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/me/factors", (ShowFactors slice, CancellationToken stop) => slice.RunAsync(stop).ToAnswerAsync())
            .RequireAuthorization().Produces<Shown>().Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("One's own second factors");

    public async Task<Outcome<Shown>> RunAsync(CancellationToken stop)
    {
        if (index.Find(current.Actor.Account) is not { } account) return new Refusal("SignInNeeded");
        var rows = await db.Factors.AsNoTracking().Where(f => f.Account == account.Id).OrderBy(f => f.Id).Select(f => new Row(f.Id, f.Kind, f.Name, f.CreatedAt, f.LastUsedAt)).ToListAsync(stop);
        return new Shown(doors.DemandsSecondFactor(account.Role), rows, await db.RecoveryCodes.CountAsync(c => c.Account == account.Id && c.UsedAt == null, stop));
    }
}
