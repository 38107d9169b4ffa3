using Anlan.Kernel.Outcomes;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace Anlan.Host.Desk.Views;

/// <summary>The list on which it stands is the page's address; search, filters and order are its query.</summary>
public sealed partial class SavedViewsTool
{
    private IReadOnlyList<ListViews.Row>? _views;
    private IReadOnlyList<Refusal> _refusals = [];
    private ListViews.Row? _dropped;
    private string _name = "";
    private bool _isShared;
    private bool _isDefault;
    private bool _isKeeping;
    private bool _isArranging;
    private bool _hasColleagues;

    private string Path => new Uri(Navigation.Uri).AbsolutePath;

    // The page number belongs to a moment, not to a view.
    private string Query => string.Join('&', QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query).Where(pair => pair.Key != "page")
        .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}"));

    private bool CanKeep => _views is not null && Query.Length > 0 && !_views.Any(view => view.IsOwn && view.Query == Query);

    private IReadOnlyList<Refusal> Unplaced => [.. _refusals.Where(refusal => refusal.Field != "name")];

    protected override async Task OnInitializedAsync()
    {
        _hasColleagues = await ActorAsync() is { Organ: not null } or { Enterprise: not null };
        Navigation.LocationChanged += Moved;
        await LoadAsync();
        if (RendererInfo.IsInteractive && Query.Length == 0 && new Uri(Navigation.Uri).Query.Length == 0 && _views?.FirstOrDefault(view => view.IsDefault) is { } first) Navigation.NavigateTo($"{Path}?{first.Query}", replace: true);
    }

    protected override void Dispose(bool isDisposing)
    {
        if (isDisposing) Navigation.LocationChanged -= Moved;
        base.Dispose(isDisposing);
    }

    private void Moved(object? sender, LocationChangedEventArgs moved) => _ = InvokeAsync(StateHasChanged);

    private async Task LoadAsync() => _views = await RunAsync((ListViews slice) => slice.RunAsync(Path, Gone));

    private string Describe(ListViews.Row view) => view.IsOwn ? L[view.IsShared ? "Views.OwnShared" : "Views.Own"] : L["Views.Lent"];

    private void AskKeep() => (_isKeeping, _name, _isShared, _isDefault, _refusals) = (true, "", false, false, []);

    private async Task KeepAsync()
    {
        if (await ActAsync((KeepView slice) => slice.RunAsync(new KeepView.Request(Path, _name, Query, _isShared, _isDefault), Gone)) is not { } outcome) return;
        _refusals = outcome.Refusals;
        if (!outcome.IsDone) return;
        _isKeeping = false;
        await LoadAsync();
    }

    private async Task ChangeAsync(ListViews.Row view, bool isShared, bool isDefault)
    {
        if (await ActAsync((ChangeView slice) => slice.RunAsync(view.Id, new ChangeView.Request(view.Name, isShared, isDefault), Gone)) is not { } outcome) return;
        _refusals = outcome.Refusals;
        await LoadAsync();
    }

    private async Task DropAsync(ListViews.Row view)
    {
        if (await ActAsync((DropView slice) => slice.RunAsync(view.Id, Gone)) is not { } outcome) return;
        (_refusals, _dropped) = (outcome.Refusals, outcome.IsDone ? view : _dropped);
        await LoadAsync();
    }

    private async Task UndoAsync()
    {
        if (_dropped is not { } view || await ActAsync((KeepView slice) => slice.RunAsync(new KeepView.Request(Path, view.Name, view.Query, view.IsShared, view.IsDefault), Gone)) is not { } outcome) return;
        (_refusals, _dropped) = (outcome.Refusals, outcome.IsDone ? null : view);
        await LoadAsync();
    }
}
