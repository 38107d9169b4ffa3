using System.Net;
using Anlan.Accounts.Credentials;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Sessions;
using Anlan.Contracts.Accounts;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Accounts.SetUp;

/// <summary>Makes the first administrator with the one-time link. There is no default password anywhere.</summary>
internal sealed class MakeFirstAdministrator(AccountsDb db, SetUpLink link, CredentialBox credentials, PasswordCheck passwords, FailureBrake brake, CurrentActor current, TimeProvider clock)
{
    public sealed record Request(string? Token, string? UserName, string? Password, string? DisplayName);

    public sealed record Made(Guid Account, string UserName);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/set-up", (Request request, MakeFirstAdministrator slice, HttpContext http, CancellationToken stop) => slice.RunAsync(request, http.Connection.RemoteIpAddress, stop).ToAnswerAsync())
            .AllowAnonymous().Produces<Made>().ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Everybody).WithTags("Accounts").WithSummary("Make the first administrator with the one-time link");

    public async Task<Outcome<Made>> RunAsync(Request request, IPAddress? from, CancellationToken stop)
    {
        if (brake.IsOn(from)) return new Refusal("TooManyFailures");
        using var turn = await link.TakeTurnAsync(stop);
        if (!link.IsOpen(request.Token))
        {
            brake.Fail(from);
            return new Refusal("SetUpLinkInvalid");
        }

        var displayName = request.DisplayName?.Trim() ?? "";
        Refusal?[] found =
        [
            CredentialRules.CheckUserName(request.UserName),
            displayName.Length is 0 or > 100 ? Refusal.OfField("displayName", "DisplayNameInvalid") : null,
            passwords.Check(request.Password, request.UserName),
        ];
        if (found.OfType<Refusal>().ToList() is { Count: > 0 } refusals) return Outcome<Made>.Refused(refusals);

        var account = new Account { Id = Guid.CreateVersion7(), UserName = request.UserName!.Trim(), DisplayName = displayName, Role = RoleNames.SecurityAdministrator, CreatedAt = clock.GetUtcNow() };
        if (await credentials.AddAsync(account, request.Password!) is { } refusal) return refusal;
        current.Actor = new Actor(account.Id, account.UserName, account.Role, null, null);
        db.Context.Audit("accounts.set-up", $"account/{account.Id}");
        if (!await db.Context.TrySaveAsync(stop)) return Refusal.OfField("userName", "UserNameTaken");
        link.Forget();
        return new Made(account.Id, account.UserName);
    }
}
