using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Ui;
using Anlan.Welding.Chips;
using Anlan.Welding.Interlock;
using Anlan.Welding.Live;
using Anlan.Welding.Sessions;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Anlan.Welding.Machines;

public sealed partial class MachinePage : DeskPage
{
    private const int TimelineSize = 30;
    private IReadOnlyList<Refusal> _refusals = [];
    private IReadOnlyList<Refusal> _asked = [];
    private ShowMachine.Shown? _shown;
    private ShowLive.Live? _live;
    private Page<ShowTimeline.Line>? _timeline;
    private string? _message;
    private bool _isAsking;
    private Act _act;
    private int _page = 1;

    private enum Act
    {
        Cut,
        Lock,
        Unlock,
        Clear,
    }

    [Parameter] public string Code { get; set; } = "";

    private string ConfirmKey => _act switch
    {
        Act.Cut => "Machine.Cut",
        Act.Lock => "Machine.Lock",
        Act.Unlock => "Machine.Unlock",
        _ => "Machine.ClearTamper",
    };

    protected override void OnInitialized()
    {
        Follow(TellPages.Now, LoadAsync);
        Follow(TellPages.History, LoadAsync);
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var shown = await RunAsync((ShowMachine slice) => slice.RunAsync(Code, Gone));
        if (!shown.IsDone)
        {
            _refusals = shown.Refusals;
            return;
        }

        var timeline = await RunAsync((ShowTimeline slice) => slice.RunAsync(Code, new PageRequest(_page, TimelineSize, null, null), Gone));
        var live = await RunAsync((ShowLive slice) => Task.FromResult(slice.Run(Code)));
        (_shown, _timeline, _live) = (shown.Value, timeline.IsDone ? timeline.Value : null, live.IsDone ? live.Value : null);
    }

    private async Task TurnAsync(int page)
    {
        _page = page;
        await LoadAsync();
    }

    private void Ask(Act act) => (_act, _isAsking, _asked, _message) = (act, true, [], null);

    private async Task DoAsync(string reason)
    {
        var outcome = _act switch
        {
            Act.Cut => await ActAsync<StopMachine, Outcome>(async slice => await slice.RevokeAsync(Code, new StopMachine.RevokeRequest(reason))),
            Act.Lock => await ActAsync((LockMachine slice) => slice.LockAsync(Code, new LockMachine.Request(reason), Gone)),
            Act.Unlock => await ActAsync((LockMachine slice) => slice.UnlockAsync(Code, new LockMachine.Request(reason), Gone)),
            _ => await ActAsync((ClearTamper slice) => slice.RunAsync(Code, new ClearTamper.Request(reason), Gone)),
        };
        if (outcome is null) return;
        _asked = outcome.Refusals;
        _isAsking = !outcome.IsDone;
        if (outcome is Outcome<StopMachine.Ended> { IsDone: true } ended) _message = L["Machine.Revoked", FactWords.Duration(TimeSpan.FromSeconds(ended.Value.RemainingLeaseSeconds))];
        if (outcome.IsDone && _act == Act.Clear) _message = L["Machine.Cleared"];
        await LoadAsync();
    }

    private async Task ChipChangedAsync(string done)
    {
        _message = done;
        await LoadAsync();
    }

    private string? ReasonOf(ShowTimeline.Line line) => SayEnd(L, line.Reason);

    // Reasons are the chip's words, the interlock's codes, or ours.
    internal static string? SayEnd(IStringLocalizer words, string? reason)
    {
        if (reason is null) return null;
        foreach (var key in (string[])["End." + reason, "ChipRefusal." + reason, "Reason." + reason])
        {
            if (words[key] is { ResourceNotFound: false } found) return found;
        }

        return reason;
    }

    internal static string ToneOf(string kind) => kind switch
    {
        MachineEventKinds.PowerOn or MachineEventKinds.Granted or MachineEventKinds.TamperCleared => "ok",
        MachineEventKinds.Refused or MachineEventKinds.Alarm or MachineEventKinds.ArcWithoutGrant or MachineEventKinds.ChipRefused => "bad",
        MachineEventKinds.Revoked or MachineEventKinds.Lapsed => "warn",
        MachineEventKinds.Offline => "off",
        MachineEventKinds.Renewed => "info",
        _ => "idle",
    };
}
