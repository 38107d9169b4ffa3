using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Microsoft.AspNetCore.Components;

namespace Anlan.ConfinedSpaces.Spaces;

public sealed partial class SpaceFormPage
{
    private IReadOnlyList<(string Code, string Name)> _counties = [];
    private IReadOnlyList<(string Code, string Name)> _towns = [];
    private IReadOnlyList<Refusal> _refusals = [];
    private IReadOnlyList<Refusal> _unknown = [];
    private EnterpriseFacts? _only;
    private ShowSpace.Shown? _shown;
    private SpaceForm? _form;

    /// <summary>Code of the space that is edited; null for a new one.</summary>
    [Parameter] public string? Code { get; set; }

    /// <summary>The enterprise for which a space is entered, where the reader came from its page.</summary>
    [SupplyParameterFromQuery] public Guid? Enterprise { get; set; }

    private string Title => Code is null ? L["Spaces.Register"] : L["Spaces.EditOf", Code];

    private string ResponsibleHint => _shown is { Responsible: not null, IsResponsibleEmployed: false } ? L["Field.Responsible.Left", _shown.ResponsibleName ?? ""] : L["Field.Responsible.Hint"];

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        if (Code is not null)
        {
            var shown = await RunAsync((ShowSpace slice) => slice.RunAsync(Code, Gone));
            _unknown = shown.IsDone && shown.Value.Space.State == SpaceState.Removed ? [new Refusal("SpaceRemoved")] : shown.Refusals;
            if (_unknown.Count > 0) return;
            _shown = shown.Value;
        }

        await RunAsync((SpaceChoices choices) =>
        {
            _form = _shown is null ? new SpaceForm() : SpaceForm.Of(_shown, choices.Named, choices.Employed(_shown.Space.Enterprise, _shown.Responsible));
            (_counties, _towns, _only) = (choices.Counties, choices.Towns(_form.County), choices.OnlyEnterprise);
            _form.Enterprise ??= _only ?? (Enterprise is { } whose ? choices.Find(whose) : null);
            return Task.FromResult(0);
        });
        _refusals = [];
    }

    private string? Wrong(string field) => _refusals.Any(refusal => refusal.Field == field) ? "true" : null;

    private Task<IEnumerable<EnterpriseFacts>> FindEnterprisesAsync(string? text, CancellationToken stop) => RunAsync((SpaceChoices choices) => Task.FromResult(choices.Enterprises(text)));

    private async Task<IEnumerable<EmployedPerson>> FindPeopleAsync(string? text, CancellationToken stop) =>
        _form!.Enterprise is { } enterprise ? await RunAsync((SpaceChoices choices) => Task.FromResult(choices.People(enterprise.Id.Value, text))) : [];

    // Whoever was chosen works for the other enterprise.
    private void EnterpriseChosen(EnterpriseFacts? chosen) => (_form!.Enterprise, _form.Responsible) = (chosen, chosen?.Id == _form.Enterprise?.Id ? _form.Responsible : null);

    private async Task CountyChangedAsync(ChangeEventArgs changed)
    {
        (_form!.County, _form.Town) = (changed.Value as string ?? "", "");
        _towns = await RunAsync((SpaceChoices choices) => Task.FromResult(choices.Towns(_form.County)));
    }

    private async Task SaveAsync()
    {
        var form = _form!;
        if (Code is not null)
        {
            if (await ActAsync((EditSpace slice) => slice.RunAsync(Code, form.ToEdit(), Gone)) is { } edited) Leave(edited, Code);
        }
        else if (await ActAsync((RegisterSpace slice) => slice.RunAsync(form.ToRegister(), Gone)) is { } registered)
        {
            Leave(registered, registered.IsDone ? registered.Value.Code : "");
        }
    }

    private void Leave(Outcome outcome, string code)
    {
        _refusals = outcome.Refusals;
        if (outcome.IsDone) Navigation.NavigateTo("/spaces/" + code);
    }
}
