using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Messages;
using Microsoft.AspNetCore.Components;

namespace Anlan.Host.Messages;

/// <summary>外发消息.</summary>
public sealed partial class MessagesPage
{
    private const int RevealSeconds = 30;
    private ListMessages.Listed? _listed;
    private Page<ListAttempts.Row>? _shown;
    private Guid _shownOf;
    private RevealMessage.Revealed? _revealed;
    private Guid _revealedOf;
    private ListMessages.Row? _asked;
    private IReadOnlyList<Refusal> _refusals = [];
    private IReadOnlyList<Refusal> _dialogRefusals = [];
    private string? _message;
    private string _testAddress = "";
    private MessageChannel _testChannel;
    private bool _isAsking;
    private bool _isReveal;
    private bool _isResendingAll;
    private bool _isTesting;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [SupplyParameterFromQuery] private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "state")] private string? StateQuery { get; set; }

    [SupplyParameterFromQuery(Name = "channel")] private string? ChannelQuery { get; set; }

    [SupplyParameterFromQuery(Name = "page")] private int? PageQuery { get; set; }

    private string? State => MessageFilter.States.FirstOrDefault(state => state == StateQuery);

    private int PageNumber => Math.Max(1, PageQuery ?? 1);

    private string ExportAddress => Navigation.GetUriWithQueryParameters("/api/v1/messages/export", new Dictionary<string, object?> { ["search"] = Search, ["state"] = State, ["channel"] = ChannelQuery });

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        (_shown, _revealed) = (null, null);
        var filter = new MessageFilter(Search, State, Enum.TryParse<MessageChannel>(ChannelQuery, out var channel) ? channel : null);
        _listed = await RunAsync((ListMessages slice) => slice.RunAsync(Listed(PageNumber, null), filter, Gone));
    }

    private async Task ShowAsync(Guid id)
    {
        _revealed = null;
        if (_shown is not null && _shownOf == id)
        {
            _shown = null;
            return;
        }

        (_shown, _shownOf) = (await RunAsync((ListAttempts slice) => slice.RunAsync(id, new PageRequest(1, 50), Gone)), id);
    }

    private void Ask(ListMessages.Row row, bool isReveal) => (_asked, _isReveal, _dialogRefusals, _isAsking) = (row, isReveal, [], true);

    private Task ConfirmAsync(string reason) => _isReveal ? RevealAsync(reason) : CancelAsync(reason);

    private async Task RevealAsync(string reason)
    {
        var id = _asked!.Id;
        if (await ActAsync((RevealMessage slice) => slice.RunAsync(id, new RevealMessage.Request(reason), Gone)) is not { } outcome) return;
        (_dialogRefusals, _isAsking) = (outcome.Refusals, !outcome.IsDone);
        if (!outcome.IsDone) return;
        if (_shown is null || _shownOf != id) await ShowAsync(id);
        (_revealed, _revealedOf) = (outcome.Value, id);
        _ = HideLaterAsync(outcome.Value);
    }

    private async Task CancelAsync(string reason)
    {
        var id = _asked!.Id;
        if (await ActAsync((CancelMessage slice) => slice.RunAsync(id, new CancelMessage.Request(reason), Gone)) is not { } outcome) return;
        (_dialogRefusals, _isAsking) = (outcome.Refusals, !outcome.IsDone);
        if (outcome.IsDone) await LoadAsync();
    }

    private async Task ResendAsync(Guid? id)
    {
        _isResendingAll = false;
        if (await ActAsync((ResendMessages slice) => slice.RunAsync(id, Gone)) is not { } outcome) return;
        (_refusals, _message) = (outcome.Refusals, outcome.IsDone ? L["Messages.Resent", outcome.Value.Count].Value : null);
        await LoadAsync();
    }

    private void StartTest() => (_dialogRefusals, _message, _isTesting) = ([], null, true);

    private async Task TestAsync()
    {
        var request = new TryGateway.Request(_testChannel, _testAddress);
        if (await ActAsync((TryGateway slice) => slice.RunAsync(request, Gone)) is not { } outcome) return;
        (_dialogRefusals, _isTesting) = (outcome.Refusals, !outcome.IsDone);
        if (!outcome.IsDone) return;
        _message = L["Messages.Tested"];
        await LoadAsync();
    }

    private async Task HideLaterAsync(RevealMessage.Revealed revealed)
    {
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(RevealSeconds), Clock, Gone);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await InvokeAsync(() =>
        {
            if (!ReferenceEquals(_revealed, revealed)) return;
            _revealed = null;
            StateHasChanged();
        });
    }

    private static bool IsWaiting(ListMessages.Row row) => row.State is "waiting" or MessageFilter.NoGateway;

    private string StateNote(ListMessages.Row row) => row.State switch
    {
        "sent" => At(row.EndedAt),
        "waiting" when row.Attempts > 0 => L["Messages.Note.Tried", row.Attempts, At(row.NextAttemptAt)],
        "waiting" or MessageFilter.NoGateway => L["Messages.Note.Expires", At(row.ExpiresAt)],
        _ => L["Messages.Note.Ended", row.Attempts, At(row.EndedAt)],
    };

    private static string Tone(string state) => state switch { "sent" => "ok", "dead" => "bad", "waiting" => "info", MessageFilter.NoGateway => "warn", _ => "off" };

    private static string Tone(AttemptResult result) => result switch { AttemptResult.Accepted => "ok", AttemptResult.Refused => "bad", AttemptResult.Unreachable => "warn", _ => "off" };

    // What an operator copies; the words beside it say where.
    private static string Example(MessageChannel channel) => channel == MessageChannel.Mail
        ? """{ "Anlan": { "Messages": { "Mail": { "Host": "smtp.example.cn", "Port": 465, "Security": "Tls", "User": "…", "Password": "…", "From": "anlan@example.cn" } } } }"""
        : """{ "Anlan": { "Messages": { "Text": { "Address": "https://sms.example.cn/send", "Headers": { "Authorization": "Bearer …", "Idempotency-Key": "{id}" }, "Body": "{ \"mobile\": \"{phone}\", \"content\": \"{text}\" }", "Accepted": "\"code\"\\s*:\\s*0" } } } }""";
}
