using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Components;

namespace Anlan.Accounts.Roles;

public sealed partial class RolePage : DeskPage
{
    private IReadOnlyList<Refusal> _unknown = [];
    private IReadOnlyList<Refusal> _refusals = [];
    private IReadOnlyList<Permission> _offered = [];
    private HashSet<string> _held = [];
    private HashSet<string> _default = [];
    private HashSet<string> _chosen = [];
    private ShowRole.Shown? _shown;
    private bool _isAsking;
    private bool _isOwn;
    private Step _step;
    private string? _message;

    private enum Step
    {
        Save,
        Restore,
        Remove,
    }

    [Parameter] public string Code { get; set; } = "";

    private string? Name => _shown is null ? null : FactWords.IsChinese ? _shown.NameZh : _shown.NameEn;

    private bool IsDirty => !_chosen.SetEquals(_held);

    private HashSet<string> Wanted => _step == Step.Restore ? _default : _chosen;

    private List<string> Gained => Titles(Wanted.Except(_held));

    private List<string> Lost => Titles(_held.Except(Wanted));

    // Why the reader cannot change it, who otherwise could.
    private string? Why => _shown switch
    {
        null or { MayEdit: true } => null,
        _ when _isOwn => L["Role.Why.Own"].Value,
        { Code: "security-administrator" } => L["Role.Why.Fixed"].Value,
        { Standing: Standing.Public } => L["Role.Why.Public"].Value,
        _ => L["Role.Why.ReadOnly"].Value,
    };

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var found = await RunAsync((ShowRole slice) => Task.FromResult(slice.Run(Code)));
        (_unknown, _shown) = (found.Refusals, found.IsDone ? found.Value : null);
        if (_shown is not { } shown) return;
        _isOwn = (await ActorAsync()).Is(shown.Code);
        _offered = [.. shown.Permissions.Select(permission => Roles.Declared[permission.Key])];
        _held = [.. shown.Permissions.Where(permission => permission.IsHeld).Select(permission => permission.Key)];
        _default = [.. shown.Permissions.Where(permission => permission.IsDefault).Select(permission => permission.Key)];
        Reset();
    }

    private void Reset() => _chosen = [.. _held];

    private List<string> Titles(IEnumerable<string> keys) => [.. keys.Select(key => Said.Title(Roles.Declared[key]))];

    private void Ask(Step step) => (_step, _isAsking, _refusals, _message) = (step, true, [], null);

    private async Task DoAsync(string reason)
    {
        var outcome = await ActAsync((EditRole slice) => _step switch
        {
            Step.Save => slice.RunAsync(Code, new EditRole.Request([.. _chosen], _shown?.Version), Gone),
            Step.Restore => slice.RestoreAsync(Code, Gone),
            _ => slice.RemoveAsync(Code, Gone),
        });
        if (outcome is null) return;
        (_refusals, _isAsking) = (outcome.Refusals, !outcome.IsDone);
        if (!outcome.IsDone) return;
        if (_step == Step.Remove)
        {
            Navigation.NavigateTo("/roles");
            return;
        }

        await LoadAsync();
        _message = L["Role.Saved"];
    }
}
