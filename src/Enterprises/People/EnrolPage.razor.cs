using Anlan.Contracts.Enterprises;
using Anlan.Enterprises.Registry;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Components;

namespace Anlan.Enterprises.People;

public sealed partial class EnrolPage : DeskPage
{
    private IReadOnlyList<Refusal> _refusals = [];
    private string? _name;
    private string? _identityNumber;
    private string? _phone;
    private Guid? _enterprise;
    private string? _ownName;
    private bool _isOwn;
    private BindingKind _kind;
    private DateOnly? _from;
    private DateOnly? _to;

    [SupplyParameterFromQuery] private Guid? Enterprise { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _from = Calendar.Today;
        _enterprise = Enterprise;
        if ((await ActorAsync()).Enterprise is not { } own) return;
        (_isOwn, _enterprise, _ownName) = (true, own, (await RunAsync((FindEnterprises slice) => Task.FromResult(slice.Find(own))))?.Name);
    }

    private string? Wrong(string field) => _refusals.Any(refusal => refusal.Field == field) ? "true" : null;

    private async Task SaveAsync(bool isCertificateNext)
    {
        var person = _enterprise is { } enterprise ? await EnrolAsync(enterprise) : await AddAsync();
        if (person is { } id) Navigation.NavigateTo(isCertificateNext ? $"/certificates/new?person={id}" : $"/people/{id}");
    }

    private async Task<Guid?> EnrolAsync(Guid enterprise)
    {
        var request = new EnrolPerson.Request(_name, _identityNumber, _phone, _kind, _from, _to);
        var outcome = await ActAsync((EnrolPerson slice) => slice.RunAsync(enterprise, request, Gone));
        if (outcome is null) return null;
        _refusals = outcome.Refusals;
        return outcome.IsDone ? outcome.Value.Person : null;
    }

    private async Task<Guid?> AddAsync()
    {
        var outcome = await ActAsync((AddPerson slice) => slice.RunAsync(new AddPerson.Request(_name, _identityNumber, _phone), Gone));
        if (outcome is null) return null;
        _refusals = outcome.Refusals;
        return outcome.IsDone ? outcome.Value.Id : null;
    }
}
