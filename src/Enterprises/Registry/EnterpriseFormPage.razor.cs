using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Components;

namespace Anlan.Enterprises.Registry;

public sealed partial class EnterpriseFormPage : DeskPage
{
    private IReadOnlyList<Refusal> _refusals = [];
    private IReadOnlyList<Refusal> _unknown = [];
    private ShowEnterprise.Shown? _shown;
    private string? _name;
    private string? _creditCode;
    private string? _division;
    private string? _address;
    private EnterpriseKind _kind;
    private bool _mayRegister;

    [Inject] private IPermissions Permissions { get; set; } = default!;

    [Parameter] public Guid? Id { get; set; }

    private string Title => L[Id is null ? "Enterprise.New" : "Enterprise.Edit"];

    protected override async Task OnInitializedAsync()
    {
        _mayRegister = Permissions.IsHeld(EnterprisesPermissions.Register, await ActorAsync());
        if (Id is null)
        {
            if (!_mayRegister) _unknown = [new Refusal("Forbidden")];
            return;
        }

        var found = await RunAsync((ShowEnterprise slice) => slice.RunAsync(Id.Value, Gone));
        if (!found.IsDone)
        {
            _unknown = found.Refusals;
            return;
        }

        _shown = found.Value;
        (_name, _creditCode, _division, _address, _kind) = (_shown.Name, _shown.CreditCode, _shown.Division, _shown.Address, _shown.Kind);
    }

    private string? Wrong(string field) => _refusals.Any(refusal => refusal.Field == field) ? "true" : null;

    private Task SaveAsync() => Id is { } id ? EditAsync(id) : EnterAsync();

    private async Task EnterAsync()
    {
        var outcome = await ActAsync((RegisterEnterprise slice) => slice.RunAsync(new EnterpriseFields(_name, _creditCode, _division, _address, _kind), Gone));
        if (outcome is null) return;
        _refusals = outcome.Refusals;
        if (outcome.IsDone) Navigation.NavigateTo($"/enterprises/{outcome.Value.Id}");
    }

    private async Task EditAsync(Guid id)
    {
        var outcome = await ActAsync((EditEnterprise slice) => slice.RunAsync(id, new EditEnterprise.Request(_name, _creditCode, _division, _address, _kind, _shown?.Version), Gone));
        if (outcome is null) return;
        _refusals = outcome.Refusals;
        if (outcome.IsDone) Navigation.NavigateTo($"/enterprises/{id}");
    }
}
