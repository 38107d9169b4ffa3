using Anlan.Accounts.Registry;
using Anlan.Accounts.Sessions;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Accounts.Credentials;

/// <summary>Sets one's own new password; other sessions and all proofs end with it.</summary>
internal sealed class ChangePassword(AccountsDb db, CredentialBox credentials, PasswordCheck passwords, SessionDesk sessions, OwnerCheck owner)
{
    public sealed record Request(string? Password, string? NewPassword);

    public sealed record Changed(string UserName);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/password", (Request request, ChangePassword slice, CancellationToken stop) => slice.RunAsync(request, stop).ToAnswerAsync())
            .RequireAuthorization().Produces<Changed>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("Change one's own password");

    public Task<Outcome<Changed>> RunAsync(Request request, CancellationToken stop) => owner.RunAsync<Changed>(request.Password, async account =>
    {
        if (passwords.Check(request.NewPassword, account.UserName, "newPassword") is { } refusal) return refusal;
        credentials.ReplacePassword(account, request.NewPassword!);
        await sessions.KeepOnlyAsync(account, owner.OwnSession, stop);
        db.Context.Audit("accounts.password.changed", $"account/{account.Id}");
        return await db.Context.TrySaveAsync(stop) ? new Changed(account.UserName!) : new Refusal("ChangedMeanwhile");
    }, stop);
}
