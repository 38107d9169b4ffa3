using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Components;

namespace Anlan.Accounts.Organs;

public sealed partial class OrganPage : DeskPage
{
    private ShowOrgan.Shown? _shown;
    private ShowOrgan.ShownAssignment? _ending;
    private IReadOnlyList<Refusal> _unknown = [];
    private IReadOnlyList<Refusal> _asked = [];
    private DateOnly? _on;
    private bool _isEnding;
    private bool _isClosing;

    [Parameter] public Guid Id { get; set; }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private static string ToneOf(AssignmentState state) => state switch { AssignmentState.InForce => "ok", AssignmentState.Future => "info", _ => "off" };

    private async Task LoadAsync()
    {
        var found = await RunAsync((ShowOrgan slice) => slice.RunAsync(Id, Gone));
        _unknown = found.Refusals;
        _shown = found.IsDone ? found.Value : null;
    }

    private void Ask(ShowOrgan.ShownAssignment assignment) =>
        (_ending, _isEnding, _asked, _on) = (assignment, true, [], Calendar.Today < assignment.From ? assignment.From : Calendar.Today);

    private async Task EndAsync(string reason)
    {
        if (_ending is not { } ending) return;
        var outcome = await ActAsync((EndAssignment slice) => slice.RunAsync(ending.Id, new EndAssignment.Request(_on, reason), Gone));
        if (outcome is null) return;
        (_asked, _isEnding) = (outcome.Refusals, !outcome.IsDone);
        if (outcome.IsDone) await LoadAsync();
    }

    private async Task CloseAsync(string reason)
    {
        var outcome = await ActAsync((CloseOrgan slice) => slice.RunAsync(Id, new CloseOrgan.Request(reason), Gone));
        if (outcome is null) return;
        (_asked, _isClosing) = (outcome.Refusals, !outcome.IsDone);
        if (outcome.IsDone) await LoadAsync();
    }
}
