using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Import;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Anlan.Host.Imports;

public sealed partial class ImportsPage : DeskPage
{
    private IReadOnlyList<ListForms.Form> _forms = [];
    private Page<ListImports.Row>? _rows;
    private IReadOnlyList<Refusal> _refusals = [];
    private IBrowserFile? _file;
    private string? _key;
    private bool _isReading;

    [SupplyParameterFromQuery(Name = "form")] private string? Wanted { get; set; }

    [SupplyParameterFromQuery] private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "page")] private int? Number { get; set; }

    private int PageNumber => Math.Max(1, Number ?? 1);

    private ListForms.Form? Chosen => _forms.FirstOrDefault(form => form.Key == _key);

    protected override async Task OnParametersSetAsync()
    {
        if (_forms.Count == 0) _forms = await RunAsync((ListForms slice) => Task.FromResult(slice.Run()));
        _key = _forms.FirstOrDefault(form => form.Key == Wanted)?.Key ?? _key ?? (_forms.Count > 0 ? _forms[0].Key : null);
        _rows = await RunAsync((ListImports slice) => slice.RunAsync(Listed(PageNumber, Search), Gone));
    }

    private string TitleOf(string key) => _forms.FirstOrDefault(form => form.Key == key)?.Title ?? key;

    private void Choose(string? key)
    {
        _refusals = [];
        Go(("form", key));
    }

    private async Task UploadAsync()
    {
        if (_file is not { } file || _key is not { } key) return;
        (_refusals, _isReading) = ([], true);
        StateHasChanged();
        try
        {
            byte[]? bytes = null;
            if (file.Size <= ImportIntake.MostBytes)
            {
                await using var stream = file.OpenReadStream(ImportIntake.MostBytes, Gone);
                bytes = await BoundedBody.ReadAsync(stream, ImportIntake.MostBytes, Gone);
            }

            if (await ActAsync((UploadImport slice) => slice.RunAsync(key, file.Name, bytes, Gone)) is not { } outcome) return;
            _refusals = outcome.Refusals;
            if (outcome.IsDone) Navigation.NavigateTo($"/imports/{outcome.Value.Id}");
        }
        finally
        {
            _isReading = false;
        }
    }
}
