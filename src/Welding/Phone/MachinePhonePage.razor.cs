using System.Globalization;
using System.Net;
using Anlan.Contracts.Accounts;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Welding.Interlock;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Anlan.Welding.Phone;

/// <summary>What everybody sees after scanning a machine. A welder: start with PIN or passkey, remaining time, stop, or why not; an installer: the steps of the fitting; an inspector: its history; everybody else: that it is registered, and whom to call. Plain HTML that every phone shows.</summary>
public sealed partial class MachinePhonePage : ComponentBase
{
    private const double WaitSeconds = 5;
    private IReadOnlyList<Refusal> _refusals = [];
    private MachineFacts? _machine;
    private ShowLive.Live? _live;
    private MachineFacts? _public;
    private bool _isSignedIn;
    private bool _isWelder;
    private bool _mayFit;
    private PasskeyChallenge? _challenge;

    [Parameter] public string Code { get; set; } = "";

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    // Browsers give no position to a page that came without HTTPS, except on the machine itself.
    private bool IsSecure => Http.Request.IsHttps || Http.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]";

    [SupplyParameterFromForm] private Form? Input { get; set; }

    [Inject] private MachineIndex Machines { get; set; } = default!;

    [Inject] private ShowLive Live { get; set; } = default!;

    [Inject] private StartMachine Start { get; set; } = default!;

    [Inject] private StopMachine Stop { get; set; } = default!;

    [Inject] private IPinProofs Proofs { get; set; } = default!;

    [Inject] private IPasskeyProofs Passkeys { get; set; } = default!;

    [Inject] private IPermissions Permissions { get; set; } = default!;

    [Inject] private CurrentActor Current { get; set; } = default!;

    [Inject] private CurrentScope Scope { get; set; } = default!;

    [Inject] private CityCalendar Calendar { get; set; } = default!;

    [Inject] private IOptions<WeldingOptions> Options { get; set; } = default!;

    [Inject] private IStringLocalizer<Words> L { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    // Passkeys hang on a name: an address in numbers has none, and without HTTPS browsers offer them on the machine itself only.
    private bool IsNamed => (Http.Request.IsHttps && Http.Request.Host.Host is { } name && !IPAddress.TryParse(name.Trim('[', ']'), out _)) || Http.Request.Host.Host is "localhost";

    protected override async Task OnInitializedAsync()
    {
        var scanned = Machines.FindByCode(MachineRules.CodeOf(Code));
        _isSignedIn = Http.User.Identity?.IsAuthenticated == true;
        _isWelder = _isSignedIn && Scope.Now.Person is not null;
        // Whoever stands before a machine may ask it for power and hears why not; others see only the machines of their scope, and of the rest what everybody may know.
        _machine = scanned is not null && (_isWelder || (_isSignedIn && Live.IsSeen(scanned))) ? scanned : null;
        _public = _machine is null ? scanned : null;
        if (_public is not null) return;
        _mayFit = _machine is not null && !_isWelder && Permissions.IsHeld(WeldingPermissions.Fit, Current.Actor);
        Look();
        await AskAsync();
    }

    // Only where it can be answered: the machine is free and the address is one that passkeys know.
    private async Task AskAsync()
    {
        try
        {
            _challenge = _isWelder && _live is not { IsOwn: true } && _machine is not null && IsNamed ? await Passkeys.ChallengeAsync(Http.RequestAborted) : null;
        }
        catch (Exception failed) when (Outage.CodeOf(failed) is not null)
        {
            // The page says the rest without it; the PIN remains.
            _challenge = null;
        }
    }

    private void Look()
    {
        if (_machine is null)
        {
            Http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        _live = Live.Run(_machine.Code) is { IsDone: true } seen ? seen.Value : null;
    }

    private async Task StartAsync()
    {
        try
        {
            var proof = string.IsNullOrEmpty(Input?.Answer) ? await Proofs.ProveAsync(Input?.Pin, Http.RequestAborted) : await Passkeys.ProveAsync(Input.Challenge, Input.Answer, Http.RequestAborted);
            if (!proof.IsDone)
            {
                Refuse([.. proof.Refusals.Select(refusal => refusal with { Field = null })]);
                await AskAsync();
                return;
            }

            var started = await Start.RunAsync(_machine!.Code, new StartMachine.Request(proof.Value.Proof, Number(Input?.Latitude), Number(Input?.Longitude), WaitSeconds), Http.RequestAborted);
            if (!started.IsDone) Refuse(started.Refusals);
            else if (started.Value.Refusals is { Count: > 0 } refused) Refuse(refused);
            // A reload must not start the machine again.
            else Navigation.NavigateTo($"/w/{_machine.Code}");
            // The question was answered and serves no more.
            await AskAsync();
        }
        catch (Exception failed) when (Outage.CodeOf(failed) is { } away)
        {
            Refuse([new Refusal(away)]);
        }
    }

    private async Task StopAsync()
    {
        try
        {
            var stopped = await Stop.StopAsync(_machine!.Code);
            if (stopped.IsDone) Navigation.NavigateTo($"/w/{_machine.Code}");
            else Refuse(stopped.Refusals);
        }
        catch (Exception failed) when (Outage.CodeOf(failed) is { } away)
        {
            Refuse([new Refusal(away)]);
        }
    }

    private void Refuse(IReadOnlyList<Refusal> refusals)
    {
        _refusals = refusals;
        Look();
    }

    private bool IsWaiting(ShowLive.Live own) => own.Phase is SessionState.Authorised && Calendar.Now - own.StartedAt < TimeSpan.FromSeconds(WaitSeconds);

    private static bool IsBusy(ShowLive.Live live) => live.IsOwn && live.Phase is SessionState.Authorised or SessionState.Ending;

    /// <summary>What the page shows, in the form in which <c>phone.js</c> compares it.</summary>
    private static string Seen(ShowLive.Live live) => $"{Camel(live.Phase)}|{(live.IsPowered ? "true" : "false")}|{(live.IsOwn ? "true" : "false")}|{Camel(live.State)}";

    private string? Outcome(ShowLive.Live live) => _refusals.Count > 0 ? "refused" : live is { IsOwn: true, IsPowered: true, Phase: SessionState.Running } ? "powered" : null;

    private static string Camel(Enum? value) => value is null ? "" : System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private TimeSpan Left(DateTimeOffset? until) => until - Calendar.Now is { } span && span > TimeSpan.Zero ? span : TimeSpan.Zero;

    private string Remaining(DateTimeOffset? until)
    {
        var left = Left(until);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalHours}:{left.Minutes:00}:{left.Seconds:00}");
    }

    private static double? Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    internal sealed class Form
    {
        public string? Pin { get; set; }

        public string? Challenge { get; set; }

        public string? Answer { get; set; }

        public string? Latitude { get; set; }

        public string? Longitude { get; set; }
    }
}
