using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Paging;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Personal;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Toolkit.Ui;

/// <summary>Base of desk pages: runs slices in a scope of their own, in the name of whoever is signed in at that moment.</summary>
public abstract class DeskPage : ComponentBase, IDisposable
{
    private readonly List<IDisposable> _owned = [];
    private readonly CancellationTokenSource _gone = new();

    /// <summary>Begins the page's life.</summary>
    protected DeskPage() => Gone = _gone.Token;

    /// <summary>The city's calendar.</summary>
    [Inject] protected CityCalendar Calendar { get; set; } = default!;

    /// <summary>Where we are.</summary>
    [Inject] protected NavigationManager Navigation { get; set; } = default!;

    [Inject] private IServiceScopeFactory Scopes { get; set; } = default!;

    [Inject] private AuthenticationStateProvider Authentication { get; set; } = default!;

    [Inject] private LiveFeed Feed { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Inject] private SlicePermissions Allowed { get; set; } = default!;

    /// <summary>True while an action runs: its buttons are disabled.</summary>
    protected bool IsBusy { get; private set; }

    /// <summary>Cancelled when the reader left the page.</summary>
    protected CancellationToken Gone { get; }

    /// <summary>Reads or acts through a slice: <c>await RunAsync((ListMachines slice) =&gt; slice.RunAsync(request, Gone))</c>.</summary>
    protected async Task<TAnswer> RunAsync<TSlice, TAnswer>(Func<TSlice, Task<TAnswer>> act) where TSlice : notnull => await RunAsync(await ActorAsync(), act);

    private async Task<TAnswer> RunAsync<TSlice, TAnswer>(Actor actor, Func<TSlice, Task<TAnswer>> act) where TSlice : notnull
    {
        await using var scope = Scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Actor = actor;
        var answer = await act(scope.ServiceProvider.GetRequiredService<TSlice>());
        // On record before it is drawn.
        await scope.ServiceProvider.GetRequiredService<PeopleSeen>().RecordAsync(GetType().IsDefined(typeof(ShowsPeopleAttribute), inherit: true));
        return answer;
    }

    /// <summary>
    /// Acts like <see cref="RunAsync{TSlice,TAnswer}(Func{TSlice,Task{TAnswer}})"/>, once at a time; null when another action of this page is still running, and when the
    /// permission was withdrawn since the page was opened: then the reader is told so.
    /// </summary>
    protected async Task<TOutcome?> ActAsync<TSlice, TOutcome>(Func<TSlice, Task<TOutcome>> act) where TSlice : notnull where TOutcome : Outcome
    {
        if (IsBusy) return null;
        IsBusy = true;
        StateHasChanged();
        try
        {
            if (Allowed.Admit(typeof(TSlice), await ActorAsync()) is { } actor) return await RunAsync(actor, act);
            Navigation.NavigateTo("/forbidden", forceLoad: true);
            return null;
        }
        finally
        {
            IsBusy = false;
        }
    }

    /// <summary>Who is signed in.</summary>
    protected async Task<Actor> ActorAsync() =>
        Actor.From((await Authentication.GetAuthenticationStateAsync()).User) ?? throw new InvalidOperationException("The session has ended.");

    /// <summary>Calls back, and draws anew, at most four times a second while something under the topic changes.</summary>
    protected void Follow(string topic, Func<Task> changed) => _owned.Add(Feed.Subscribe(topic, () => InvokeAsync(() => HearAsync(changed)), Clock));

    /// <summary>Keeps the address in step with search, filter and page, so that a list can be sent to somebody.</summary>
    protected void Go(params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var query = new Dictionary<string, object?>();
        foreach (var (name, value) in parameters) query[name] = value is string { Length: 0 } or 1 ? null : value;
        var address = Navigation.GetUriWithQueryParameters(query);
        if (address != Navigation.Uri) Navigation.NavigateTo(address);
    }

    /// <summary>What the list on this page asks for: rows and order as the address says them.</summary>
    /// <param name="number">Page, from 1.</param>
    /// <param name="search">Search text, or null.</param>
    protected PageRequest Listed(int number, string? search) => new(number, ListAddress.SizeIn(Navigation.Uri), search, ListAddress.SortIn(Navigation.Uri));

    /// <summary>A moment in the city's time.</summary>
    protected string At(DateTimeOffset? at) => at is { } moment ? FactWords.Moment(Calendar, moment) : "";

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends what the page follows.</summary>
    protected virtual void Dispose(bool isDisposing)
    {
        if (!isDisposing) return;
        foreach (var owned in _owned) owned.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    private async Task HearAsync(Func<Task> changed)
    {
        if (Gone.IsCancellationRequested) return;
        try
        {
            await changed();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The reader left meanwhile.
        }
        catch (Exception failed)
        {
            // A timer has no caller: without this the page would go on showing what is no longer true.
            await DispatchExceptionAsync(failed);
        }
    }
}
