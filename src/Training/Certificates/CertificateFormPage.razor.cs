using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Components;

namespace Anlan.Training.Certificates;

public sealed partial class CertificateFormPage : DeskPage
{
    private IReadOnlyList<Refusal> _refusals = [];
    private IReadOnlyList<Refusal> _unknown = [];
    private ShowCertificate.Shown? _shown;
    private Guid? _person;
    private string? _holder;
    private string? _identityNumber;
    private string? _number;
    private string _category = Catalogue.Welding;
    private string _subItem = Catalogue.Find(Catalogue.Welding)!.SubItems[0];
    private DateOnly? _issuedOn;
    private DateOnly? _reviewDueOn;
    private DateOnly? _reviewedOn;
    private DateOnly? _expiresOn;
    private string? _authority;

    [Parameter] public Guid? Id { get; set; }

    [SupplyParameterFromQuery] private Guid? Person { get; set; }

    [Inject] private CertificateRules Rules { get; set; } = default!;

    private string Title => L[Id is null ? "Certificate.New" : "Certificate.Edit"];

    protected override async Task OnInitializedAsync()
    {
        if (Id is not { } id)
        {
            if (Person is not { } person) return;
            if (await RunAsync((FindHolder slice) => Task.FromResult(slice.ById(person))) is { } facts) (_person, _holder) = (person, facts.MaskedName);
            else _unknown = [new Refusal("PersonUnknown")];
            return;
        }

        var found = await RunAsync((ShowCertificate slice) => slice.RunAsync(id, Gone));
        _unknown = found.Refusals;
        if (!found.IsDone) return;
        _shown = found.Value;
        (_person, _holder, _category, _subItem, _authority) = (_shown.Person, _shown.PersonName, _shown.Category, _shown.SubItem, _shown.Authority);
        (_issuedOn, _reviewDueOn, _reviewedOn, _expiresOn) = (_shown.IssuedOn, _shown.ReviewDueOn, _shown.ReviewedOn, _shown.ExpiresOn);
    }

    private string? Wrong(string field) => _refusals.Any(refusal => refusal.Field == field) ? "true" : null;

    // The card prints both days; whoever types the first is spared the second, and can still change it.
    private void WorkOutExpiry()
    {
        if (_expiresOn is null && _issuedOn is { } issued && Rules.ValidityFor(_category, issued) is { } validity) _expiresOn = issued.AddYears((int)validity.Limit);
    }

    private Task SaveAsync() => Id is { } id ? EditAsync(id) : EnterAsync();

    private async Task EnterAsync()
    {
        var person = _person;
        if (person is null && !string.IsNullOrWhiteSpace(_identityNumber)) person = (await RunAsync((FindHolder slice) => slice.ByIdentityNumberAsync(_identityNumber, Gone)))?.Id.Value;
        if (person is null)
        {
            _refusals = [Refusal.OfField("person", string.IsNullOrWhiteSpace(_identityNumber) ? "HolderMissing" : "PersonUnknown")];
            return;
        }

        var request = new EnterCertificate.Request(person.Value, _number, _category, _subItem, _issuedOn, _reviewDueOn, _reviewedOn, _expiresOn, _authority);
        var outcome = await ActAsync((EnterCertificate slice) => slice.RunAsync(request, Gone));
        if (outcome is null) return;
        _refusals = outcome.Refusals;
        if (outcome.IsDone) Navigation.NavigateTo(_person is null ? $"/certificates/{outcome.Value.Id}" : $"/people/{_person}");
    }

    private async Task EditAsync(Guid id)
    {
        var request = new EditCertificate.Request(_number, _category, _subItem, _issuedOn, _reviewDueOn, _reviewedOn, _expiresOn, _authority, _shown?.Version);
        var outcome = await ActAsync((EditCertificate slice) => slice.RunAsync(id, request, Gone));
        if (outcome is null) return;
        _refusals = outcome.Refusals;
        if (outcome.IsDone) Navigation.NavigateTo($"/certificates/{id}");
    }
}
