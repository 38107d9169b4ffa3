using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Import;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Components;

namespace Anlan.Host.Imports;

public sealed partial class ImportPage : DeskPage
{
    private const int FaultsOnPage = 50;
    private ShowImport.Shown? _shown;
    private IReadOnlyList<ListFaults.Row> _faults = [];
    private IReadOnlyList<Refusal> _refusals = [];
    private string _title = "";
    private int _total;
    private bool _isUndoing;

    [Parameter] public Guid Id { get; set; }

    [SupplyParameterFromQuery(Name = "page")] private int? Number { get; set; }

    private int PageNumber => Math.Max(1, Number ?? 1);

    protected override void OnInitialized() => Follow(ImportTopics.Of(Id), LoadAsync);

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var found = await RunAsync((ShowImport slice) => slice.RunAsync(Id, Gone));
        if (!found.IsDone)
        {
            (_shown, _refusals) = (null, found.Refusals);
            return;
        }

        _shown = found.Value;
        _title = (await RunAsync((ListForms slice) => Task.FromResult(slice.Run()))).FirstOrDefault(form => form.Key == _shown.Import.Kind)?.Title ?? _shown.Import.Kind;
        if (_shown.IsRunning && _total == 0) return;
        var faults = await RunAsync((ListFaults slice) => slice.RunAsync(Id, new PageRequest(PageNumber, FaultsOnPage), Gone));
        (_faults, _total) = faults.IsDone ? (faults.Value.Items, faults.Value.Total) : ([], 0);
    }

    private string Told(ShowImport.Shown shown) => shown.Import switch
    {
        { State: ImportState.Checked, Refused: > 0, Created: 0, Updated: 0 } => L["Imports.Told.NoGoodRow"],
        { State: ImportState.Checked, Refused: > 0 } => L["Imports.Told.CheckedWithFaults", shown.Import.Refused, shown.Import.Created + shown.Import.Updated],
        { State: ImportState.Checked, Created: 0, Updated: 0 } => L["Imports.Told.NothingNew"],
        { State: ImportState.Checked } => L["Imports.Told.Checked", shown.Import.Created, shown.Import.Updated],
        { State: ImportState.Applied } => L["Imports.Told.Applied", shown.Import.Created, shown.Import.Updated, At(shown.Import.ChangedAt)],
        { State: var state } => L["Imports.Told." + state, At(shown.Import.ChangedAt)],
    };

    private Task ApplyAsync(bool goodRowsOnly) => ActOnAsync((ApplyImport slice) => slice.RunAsync(Id, new ApplyImport.Request(goodRowsOnly), Gone));

    private async Task UndoAsync()
    {
        _isUndoing = false;
        await ActOnAsync((UndoImport slice) => slice.RunAsync(Id, Gone));
    }

    private async Task ActOnAsync<TSlice>(Func<TSlice, Task<Outcome>> act) where TSlice : notnull
    {
        _refusals = [];
        if (await ActAsync(act) is not { } outcome) return;
        await LoadAsync();
        _refusals = outcome.Refusals;
    }
}
