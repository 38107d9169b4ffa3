using Anlan.Accounts.Organs;
using Anlan.Accounts.Registry;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Accounts.Sessions;

/// <summary>Tells who is signed in.</summary>
internal sealed class ShowMe(AccountIndex index, OrganIndex organs, IPeople people, CurrentActor current)
{
    public sealed record Me(Guid Account, string UserName, string DisplayName, IReadOnlyList<string> Roles, OrganName? Organ, Guid? Enterprise, Guid? Person, bool HasPin);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/me", async (ShowMe slice) => await Task.FromResult(slice.Run()).ToAnswerAsync())
            .RequireAnybodyOrKey().Produces<Me>().ProducesProblem(StatusCodes.Status401Unauthorized).Scoped(ScopedBy.Own).WithTags("Accounts").WithSummary("Who is signed in");

    public Outcome<Me> Run()
    {
        if (current.OrNull is not { } actor || index.Find(actor.Account) is not { } account) return new Refusal("SignInNeeded");
        var name = account.Person is { } person ? people.Find(person)?.MaskedName : account.DisplayName;
        return new Me(account.Id, account.UserName, name ?? account.UserName, [account.Role], account.Organ is { } organ ? OrganName.Of(organs.Find(organ)) : null, account.Enterprise?.Value, account.Person?.Value, account.HasPin);
    }
}
