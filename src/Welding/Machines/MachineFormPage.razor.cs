using System.Globalization;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Microsoft.AspNetCore.Components;

namespace Anlan.Welding.Machines;

public sealed partial class MachineFormPage
{
    private IReadOnlyList<(string Code, string Name)> _counties = [];
    private IReadOnlyList<(string Code, string Name)> _towns = [];
    private IReadOnlyList<Refusal> _refusals = [];
    private IReadOnlyList<Refusal> _unknown = [];
    private EnterpriseFacts? _onlyUser;
    private ShowMachine.Shown? _shown;
    private MachineForm? _form;
    private FenceLimits? _fence;

    /// <summary>Code of the machine that is edited; null for a new one.</summary>
    [Parameter] public string? Code { get; set; }

    /// <summary>The enterprise for which a machine is entered, where the reader came from its page.</summary>
    [SupplyParameterFromQuery] public Guid? Enterprise { get; set; }

    private string Title => Code is null ? L["Machines.Register"] : L["Machines.EditOf", Code];

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        if (Code is not null)
        {
            var shown = await RunAsync((ShowMachine slice) => slice.RunAsync(Code, Gone));
            _unknown = shown.Refusals;
            if (!shown.IsDone) return;
            _shown = shown.Value;
        }

        await RunAsync((MachineChoices choices) =>
        {
            _fence = choices.Fence;
            _form = _shown is null ? new MachineForm { Fence = _fence.Usual.ToString(CultureInfo.InvariantCulture) } : MachineForm.Of(_shown, choices.Named);
            (_counties, _towns, _onlyUser) = (choices.Counties, choices.Towns(_form.County), choices.OnlyUser);
            _form.User ??= _onlyUser ?? (Enterprise is { } user ? choices.Find(user) : null);
            return Task.FromResult(0);
        });
        _refusals = [];
    }

    private string? Wrong(string field) => _refusals.Any(refusal => refusal.Field == field) ? "true" : null;

    private Task<IEnumerable<EnterpriseFacts>> FindUsersAsync(string? text, CancellationToken stop) => RunAsync((MachineChoices choices) => Task.FromResult(choices.Users(text)));

    private Task<IEnumerable<EnterpriseFacts>> FindOwnersAsync(string? text, CancellationToken stop) => RunAsync((MachineChoices choices) => Task.FromResult(choices.Owners(text)));

    private async Task CountyChangedAsync(ChangeEventArgs changed)
    {
        (_form!.County, _form.Town) = (changed.Value as string ?? "", "");
        _towns = await RunAsync((MachineChoices choices) => Task.FromResult(choices.Towns(_form.County)));
    }

    private async Task SaveAsync()
    {
        var form = _form!;
        var outcome = Code is null
            ? (Outcome?)await ActAsync((RegisterMachine slice) => slice.RunAsync(form.ToRegister(), Gone))
            : await ActAsync((EditMachine slice) => slice.RunAsync(Code, form.ToEdit(), Gone));
        if (outcome is null) return;
        _refusals = outcome.Refusals;
        if (outcome.IsDone) Navigation.NavigateTo("/welding/machines/" + MachineRules.CodeOf(form.Code));
    }
}
