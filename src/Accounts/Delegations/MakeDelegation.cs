using Anlan.Accounts.Registry;
using Anlan.Accounts.Roles;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Accounts.Delegations;

/// <summary>Hands some of one's own permissions to a colleague of the same organ or enterprise, in writing and for a time.</summary>
internal sealed class MakeDelegation(AccountsDb db, AccountIndex accounts, RoleBook roles, CurrentActor current, CityCalendar calendar)
{
    /// <param name="Delegate">The colleague's account.</param>
    /// <param name="Permissions">Some of one's own.</param>
    /// <param name="FirstDay">From when.</param>
    /// <param name="LastDay">Until when.</param>
    /// <param name="Number">Number of the written instrument.</param>
    /// <param name="Title">Its title.</param>
    /// <param name="Text">What it says.</param>
    public sealed record Request(Guid? Delegate, IReadOnlyList<string>? Permissions, DateOnly? FirstDay, DateOnly? LastDay, string? Number, string? Title, string? Text);

    public sealed record Made(Guid Id);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/delegations", (Request request, MakeDelegation slice, CancellationToken stop) => slice.RunAsync(request, stop).ToHttpAsync())
            .RequirePermission(AccountsPermissions.Delegate).Produces<Made>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Own).WithTags("Delegations").WithSummary("Hand some of one's own permissions to a colleague");

    /// <summary>Those to whom the actor can hand on: enabled people of the same organ or enterprise.</summary>
    public IEnumerable<AccountFacts> Colleagues(string? text)
    {
        var (own, term) = (accounts.Find(current.Actor.Account), text?.Trim() ?? "");
        return own is null ? [] : accounts.All.Where(a => IsColleague(a, own) && (term.Length == 0 || Contains(a.UserName, term) || Contains(a.DisplayName, term))).OrderBy(a => a.UserName, StringComparer.Ordinal).Take(20);
    }

    /// <summary>What the actor's own role holds and can be handed on.</summary>
    public IReadOnlyList<Permission> Permissions => [.. roles.InOrder.Where(permission => permission.CanBeDelegated && roles.IsHeld(permission.Key, current.Actor.Role))];

    public async Task<Outcome<Made>> RunAsync(Request request, CancellationToken stop)
    {
        if (accounts.Find(current.Actor.Account) is not { } own) return new Refusal("AccountUnknown");
        var permissions = (request.Permissions ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var (number, title, text) = (request.Number?.Trim() ?? "", request.Title?.Trim() ?? "", request.Text?.Trim() ?? "");
        var colleague = request.Delegate is { } asked && accounts.Find(asked) is { } found && IsColleague(found, own) ? found : null;
        Refusal?[] wrong =
        [
            colleague is null ? Refusal.OfField("delegate", "NoColleague") : null,
            CheckPermissions(permissions, own),
            CheckDays(request.FirstDay, request.LastDay),
            number.Length is 0 or > Delegation.LongestNumber ? Refusal.OfField("number", "InstrumentNumberInvalid") with { Measured = FactValue.Count(number.Length), Limit = FactValue.Count(Delegation.LongestNumber) } : null,
            title.Length is 0 or > Delegation.LongestTitle ? Refusal.OfField("title", "InstrumentTitleInvalid") with { Measured = FactValue.Count(title.Length), Limit = FactValue.Count(Delegation.LongestTitle) } : null,
            text.Length is 0 or > Delegation.LongestText ? Refusal.OfField("text", "InstrumentTextInvalid") with { Measured = FactValue.Count(text.Length), Limit = FactValue.Count(Delegation.LongestText) } : null,
        ];
        if (wrong.OfType<Refusal>().ToList() is { Count: > 0 } refusals) return Outcome<Made>.Refused(refusals);

        var id = Guid.CreateVersion7();
        db.Delegations.Add(new Delegation
        {
            Id = id,
            Holder = own.Id,
            Delegate = colleague!.Id,
            Organ = own.Organ,
            Enterprise = own.Enterprise,
            Permissions = permissions,
            FirstDay = request.FirstDay!.Value,
            LastDay = request.LastDay!.Value,
            Number = number,
            Title = title,
            Text = text,
            MadeAt = calendar.Now,
        });
        db.Context.Audit("accounts.delegation.made", $"delegation/{id}", new { holder = own.Id, @delegate = colleague.Id, permissions, request.FirstDay, request.LastDay, number });
        await db.Context.SaveAsync(stop);
        return new Made(id);
    }

    private static bool IsColleague(AccountFacts other, AccountFacts own) =>
        other.Id != own.Id && other is { IsDisabled: false, IsService: false } && (own.Organ is not null ? other.Organ == own.Organ : own.Enterprise is not null && other.Enterprise == own.Enterprise);

    private static bool Contains(string? text, string term) => text?.Contains(term, StringComparison.OrdinalIgnoreCase) == true;

    // Only what the own role holds: what somebody received is not theirs to give.
    private Refusal? CheckPermissions(List<string> permissions, AccountFacts own)
    {
        if (permissions.Count == 0) return Refusal.OfField("permissions", "NothingHandedOn");
        if (permissions.Find(key => !roles.IsHeld(key, own.Role)) is { } lacking) return Refusal.OfField("permissions", "PermissionNotOwn") with { Measured = FactValue.Text(lacking) };
        return permissions.Find(key => !roles.Declared[key].CanBeDelegated) is { } personal ? Refusal.OfField("permissions", "PermissionNotDelegable") with { Measured = FactValue.Text(personal) } : null;
    }

    private Refusal? CheckDays(DateOnly? first, DateOnly? last)
    {
        if (first is not { } from) return Refusal.OfField("firstDay", "FirstDayMissing");
        if (last is not { } to) return Refusal.OfField("lastDay", "LastDayMissing");
        if (from < calendar.Today) return Refusal.OfField("firstDay", "FirstDayPast") with { Measured = FactValue.Of(from), Limit = FactValue.Of(calendar.Today) };
        return to < from ? Refusal.OfField("lastDay", "LastBeforeFirst") with { Measured = FactValue.Of(to), Limit = FactValue.Of(from) } : null;
    }
}
