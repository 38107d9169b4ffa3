using Anlan.Accounts.Credentials;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Resets;
using Anlan.Accounts.Sessions;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;

namespace Anlan.Accounts.Factors;

/// <summary>One's own account on desk and phone: second factors, recovery codes, password, where one is signed in, what others did to it.</summary>
public sealed partial class AccountPage : ComponentBase
{
    private ShowFactors.Shown _factors = new(false, [], 0);
    private IReadOnlyList<ListSignIns.Row> _sessions = [];
    private IReadOnlyList<OwnResets.Row> _resets = [];
    private IReadOnlyList<string>? _codes;
    private AccountFacts? _account;
    private FormAnswer? _answer;
    private string? _step;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    [SupplyParameterFromForm] private Form? Input { get; set; }

    [SupplyParameterFromQuery] private string? Done { get; set; }

    [Inject] private AccountIndex Index { get; set; } = default!;

    [Inject] private CurrentActor Current { get; set; } = default!;

    [Inject] private ShowFactors Factors { get; set; } = default!;

    [Inject] private RenameFactor Rename { get; set; } = default!;

    [Inject] private RemoveFactor Remove { get; set; } = default!;

    [Inject] private RenewRecoveryCodes Renew { get; set; } = default!;

    [Inject] private ChangePassword Passwords { get; set; } = default!;

    [Inject] private ListSignIns Sessions { get; set; } = default!;

    [Inject] private EndSignIn End { get; set; } = default!;

    [Inject] private OwnResets Resets { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private CityCalendar Calendar { get; set; } = default!;

    [Inject] private IStringLocalizer<Words> L { get; set; } = default!;

    private CancellationToken Gone => Http.RequestAborted;

    private string? NoteKey => Done is "renamed" or "removed" or "password" or "ended" or "ended-others" or "seen" or "recovery-used" ? "Account.Done." + Done : null;

    protected override async Task OnInitializedAsync()
    {
        Http.Response.Headers.CacheControl = "no-store";
        _account = Index.Find(Current.Actor.Account);
        if (await Factors.RunAsync(Gone) is { IsDone: true } shown) _factors = shown.Value;
        _sessions = await Sessions.RunAsync(Gone);
        _resets = await Resets.RunAsync(Gone);
    }

    private bool IsAt(Guid factor) => _step == factor.ToString();

    private string At(DateTimeOffset at) => FactWords.Moment(Calendar, at);

    private string Tell(OwnResets.Row reset)
    {
        var asked = L["Account.Reset.Asked", At(reset.AskedAt), reset.AskedBy, reset.Reason].Value;
        return $"{asked} {L["Account.Reset." + reset.State, reset.DecidedBy ?? "", reset.DecidedAt is { } at ? At(at) : ""]}";
    }

    private async Task RenameAsync(Guid factor) => Take(await Rename.RunAsync(factor, new RenameFactor.Request(Input?.Name), Gone), factor.ToString(), "renamed");

    private async Task RemoveAsync(Guid factor) => Take(await Remove.RunAsync(factor, new RemoveFactor.Request(Input?.Password), Gone), factor.ToString(), "removed");

    private async Task ChangePasswordAsync() => Take(await Passwords.RunAsync(new ChangePassword.Request(Input?.Password, Input?.NewPassword), Gone), "password", "password");

    private async Task EndAsync(Guid session) => Take(await End.OneAsync(session, Gone), "sessions", "ended");

    private async Task EndOthersAsync() => Take(await End.OthersAsync(Gone), "sessions", "ended-others");

    private async Task SeeAsync() => Take(await Resets.SeeAsync(Gone), "seen", "seen");

    // Drawn in this answer and never again: no way leads back to it.
    private async Task RenewAsync()
    {
        var renewed = await Renew.RunAsync(new RenewRecoveryCodes.Request(Input?.Password), Gone);
        if (renewed.IsDone) _codes = renewed.Value.RecoveryCodes;
        else Refuse(renewed.Refusals, "codes");
    }

    private void Take(Outcome outcome, string step, string done)
    {
        if (outcome.IsDone) Navigation.NavigateTo($"{AfterSignIn.AccountPage}?done={done}");
        else Refuse(outcome.Refusals, step);
    }

    private void Refuse(IReadOnlyList<Refusal> refusals, string step)
    {
        _step = step;
        _answer = new FormAnswer(L, Calendar);
        _answer.Take(refusals, "name", "password", "newPassword");
    }

    internal sealed class Form
    {
        public string? Name { get; set; }

        public string? Password { get; set; }

        public string? NewPassword { get; set; }
    }
}
