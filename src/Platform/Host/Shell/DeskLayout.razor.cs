using Anlan.Toolkit.Access;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace Anlan.Host.Shell;

/// <summary>Navigation, top bar and the place of a desk page.</summary>
public sealed partial class DeskLayout : LayoutComponentBase, IDisposable
{
    private static readonly MudTheme Theme = AnlanTheme.Create();
    private ErrorBoundary? _boundary;
    private Actor? _actor;

    [Inject] private ILogger<DeskLayout> Logger { get; set; } = default!;

    [CascadingParameter] private Task<AuthenticationState>? Authentication { get; set; }

    [CascadingParameter(Name = "IsDark")] private bool IsDark { get; set; }

    private string CityName => FactWords.IsChinese ? City.NameZh : City.NameEn;

    private string Path => Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0];

    private IReadOnlyList<MenuEntry> Entries => _actor is null ? [] : NavigationFor(_actor, Modules, Permissions);

    /// <summary>The entries that an actor may follow, in the fixed order.</summary>
    internal static IReadOnlyList<MenuEntry> NavigationFor(Actor actor, ModuleList modules, IPermissions permissions) =>
        [.. modules.Modules.SelectMany(module => module.Menu).Where(entry => entry.Permission is null || permissions.IsHeld(entry.Permission, actor)).OrderBy(entry => entry.Group).ThenBy(entry => entry.Order)];

    protected override async Task OnInitializedAsync()
    {
        if (Authentication is not null) _actor = Actor.From((await Authentication).User);
        Navigation.LocationChanged += Moved;
    }

    public void Dispose() => Navigation.LocationChanged -= Moved;

    private void Moved(object? sender, LocationChangedEventArgs moved)
    {
        _boundary?.Recover();
        _ = InvokeAsync(StateHasChanged);
    }

    private void Retry() => _boundary?.Recover();

    private bool IsOn(MenuEntry entry) => ("/" + Path) is var here && (here == entry.Href || (here.StartsWith(entry.Href + "/", StringComparison.Ordinal) && !Entries.Any(other => other.Href.Length > entry.Href.Length && here.StartsWith(other.Href, StringComparison.Ordinal))));

    private string? RoleOf(Actor actor) => Roles.Find(actor.Role) is { } role ? FactWords.IsChinese ? role.NameZh : role.NameEn : null;

    private string Say(MenuEntry entry) => Localizers.Create(entry.Words)[entry.WordKey];

    private string Report(Exception failed)
    {
        var number = Guid.CreateVersion7().ToString("N")[^8..].ToUpperInvariant();
        LogFailed(Logger, failed, number);
        return number;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A page failed; its reader was told number {Number}")]
    private static partial void LogFailed(ILogger logger, Exception failed, string number);
}
