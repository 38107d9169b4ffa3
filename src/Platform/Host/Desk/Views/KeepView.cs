using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Desk.Views;

/// <summary>Keeps a list's search, filters and order under a name.</summary>
internal sealed class KeepView(AnlanDb db, CurrentActor current)
{
    /// <param name="List">Address of the list, for example <c>/enterprises</c>.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Query">What stands behind the question mark in the address.</param>
    /// <param name="IsShared">Lent to the colleagues.</param>
    /// <param name="IsDefault">The list opens with it.</param>
    public sealed record Request(string? List, string? Name, string? Query, bool IsShared = false, bool IsDefault = false);

    public sealed record Kept(Guid Id);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/views", (Request request, KeepView slice, CancellationToken stop) => slice.RunAsync(request, stop).ToHttpAsync())
            .RequirePermission(DeskPermissions.View).Produces<Kept>().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Desk")
            .WithSummary("Keep a list's search, filters and order under a name");

    public async Task<Outcome<Kept>> RunAsync(Request request, CancellationToken stop)
    {
        var query = request.Query?.TrimStart('?') ?? "";
        Refusal?[] found =
        [
            SavedView.CheckName(request.Name),
            IsList(request.List) ? null : Refusal.OfField("list", "ViewOfNoList"),
            query.Length <= SavedView.LongestQuery ? null : Refusal.OfField("query", "ViewTooLong") with { Measured = FactValue.Count(query.Length), Limit = FactValue.Count(SavedView.LongestQuery) },
            SavedView.CheckSharing(request.IsShared, current.Actor),
        ];
        if (found.OfType<Refusal>().ToList() is { Count: > 0 } refusals) return Outcome<Kept>.Refused(refusals);

        var (account, page, name) = (current.Actor.Account, request.List!, request.Name!.Trim());
        var others = await db.Set<SavedView>().Where(v => v.Account == account && v.Page == page).ToListAsync(stop);
        if (others.Exists(v => v.Name == name)) return Taken(name);
        if (others.Count >= SavedView.MostOnAPage) return new Refusal("TooManyViews") { Measured = FactValue.Count(others.Count), Limit = FactValue.Count(SavedView.MostOnAPage) };

        var view = new SavedView { Id = Guid.CreateVersion7(), Account = account, Page = page, Name = name, Query = query, IsDefault = request.IsDefault };
        view.Share(request.IsShared, current.Actor);
        if (view.IsDefault) others.ForEach(other => other.IsDefault = false);
        db.Add(view);
        db.Audit("desk.view.kept", $"view/{view.Id}", new { page, view.IsShared });
        return await db.TrySaveAsync(stop) ? new Kept(view.Id) : Taken(name);
    }

    internal static Refusal Taken(string name) => Refusal.OfField("name", "ViewNameTaken") with { Measured = FactValue.Text(name) };

    // An address within this site and nothing else: a view never leads anywhere else.
    private static bool IsList(string? page) => page is ['/', _, ..] && page.Length <= SavedView.LongestPage && !page.Contains("//", StringComparison.Ordinal) && page.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '/' or '-');
}
