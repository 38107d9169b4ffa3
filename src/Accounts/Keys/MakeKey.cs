using Anlan.Accounts.Registry;
using Anlan.Accounts.Roles;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Accounts.Keys;

/// <summary>Makes a key for one's own account, or for a service account; it is told once. Nobody makes one for another person.</summary>
internal sealed class MakeKey(AccountsDb db, AccountIndex accounts, AccountScope scope, RoleBook roles, PersonalFields fields, CurrentActor current, CityCalendar calendar)
{
    /// <param name="Name">What it is for.</param>
    /// <param name="Permissions">Some of the account's own permissions.</param>
    /// <param name="LastDay">Its last day, one year from today at most.</param>
    /// <param name="Networks">Networks from which it is taken, such as <c>10.2.0.0/16</c>; none means all.</param>
    public sealed record Request(string? Name, IReadOnlyList<string>? Permissions, DateOnly? LastDay, IReadOnlyList<string>? Networks = null);

    /// <param name="Key">Sent as <c>Authorization: Bearer …</c>; cannot be read again.</param>
    public sealed record Made(Guid Id, string Key, DateOnly LastDay);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/me/keys", (Request request, MakeKey slice, CancellationToken stop) => slice.RunAsync(null, request, stop).ToHttpAsync())
            .RequirePermission(AccountsPermissions.OwnKeys).Produces<Made>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Own).WithTags("API keys").WithSummary("Make a key for the own account; it is shown once");
        api.MapPost("/accounts/{account:guid}/keys", (Guid account, Request request, MakeKey slice, CancellationToken stop) => slice.RunAsync(account, request, stop).ToHttpAsync())
            .RequirePermission(AccountsPermissions.EditKeys).Produces<Made>().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("API keys")
            .WithSummary("Make a key for a service account; it is shown once");
    }

    /// <param name="service">The service account, or null for the own account.</param>
    /// <param name="request">The key.</param>
    /// <param name="stop">Stops.</param>
    public async Task<Outcome<Made>> RunAsync(Guid? service, Request request, CancellationToken stop)
    {
        if (accounts.Find(service ?? current.Actor.Account) is not { } account || (service is not null && !scope.Covers(account))) return new Refusal("AccountUnknown");
        if (service is not null && !account.IsService) return new Refusal("KeyOnlyForService");
        if (account.IsDisabled) return new Refusal("AccountDisabled");
        var name = request.Name?.Trim() ?? "";
        var permissions = (request.Permissions ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var networks = (request.Networks ?? []).Select(network => network.Trim()).Where(network => network.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (KeyRules.Check(name, permissions, networks, request.LastDay, roles.Find(account.Role), roles, calendar.Today) is { Count: > 0 } refusals) return Outcome<Made>.Refused(refusals);

        var (id, secret) = (Guid.CreateVersion7(), ApiKeys.Make());
        db.Keys.Add(new ApiKey
        {
            Id = id,
            Account = account.Id,
            Name = name,
            Start = ApiKeys.StartOf(secret),
            Hash = ApiKeys.Hash(fields, secret),
            Permissions = permissions,
            Networks = networks,
            MadeBy = current.Actor.Account,
            MadeAt = calendar.Now,
            LastDay = request.LastDay!.Value,
        });
        db.Context.Audit("accounts.key.made", $"key/{id}", new { account = account.Id, permissions, networks, lastDay = request.LastDay });
        await db.Context.SaveAsync(stop);
        return new Made(id, secret, request.LastDay.Value);
    }
}
