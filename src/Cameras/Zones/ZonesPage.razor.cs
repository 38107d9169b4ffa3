using System.Globalization;
using Anlan.Cameras.Registry;
using Anlan.Cameras.Sight.Zones;
using Anlan.Kernel.Outcomes;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace Anlan.Cameras.Zones;

public sealed partial class ZonesPage
{
    private const double Step = 0.005;
    private const double LargeStep = 0.02;
    private readonly List<ZonePoint> _corners = [];
    private IReadOnlyList<ShowZones.DrawnVersion> _versions = [];
    private IReadOnlyList<Refusal> _refusals = [];
    private IReadOnlyList<Refusal> _unknown = [];
    private PreviewZones.Preview? _preview;
    private DotNetObjectReference<ZonesPage>? _self;
    private IJSObjectReference? _editor;
    private ZoneDrawing? _drawing;
    private CameraRow? _camera;
    private ElementReference _stage;
    private Tool _tool;
    private int? _chosen;
    private string? _said;
    private string? _loaded;
    private bool _asksDiscard;
    private bool _mayManage;

    private enum Tool
    {
        Move,
        Draw,
        Mask,
    }

    /// <summary>Number of the camera.</summary>
    [Parameter] public string Code { get; set; } = "";

    /// <summary>An earlier version to look at; left out: the one in force.</summary>
    [SupplyParameterFromQuery] public int? Version { get; set; }

    private bool IsOld => Version is not null;

    private bool CanDraw => _mayManage && !IsOld && _camera is { IsRemoved: false };

    /// <summary>A corner was moved with mouse or finger.</summary>
    [JSInvokable]
    public void CornerMoved(int zone, int corner, double x, double y) => Draw(drawing => drawing.MoveCorner(zone, corner, new ZonePoint(x, y)));

    /// <summary>A corner was pulled out of an edge.</summary>
    [JSInvokable]
    public void CornerInserted(int zone, int before, double x, double y) => Draw(drawing => drawing.InsertCorner(zone, before, new ZonePoint(x, y)));

    /// <summary>A zone was pointed at.</summary>
    [JSInvokable]
    public void Chosen(int zone) => Draw(_ => _chosen = zone);

    /// <summary>Somebody pointed at the picture while drawing; at the first corner again: the zone is closed.</summary>
    [JSInvokable]
    public void Pointed(double x, double y)
    {
        if (!CanDraw || _tool == Tool.Move) return;
        if (_corners.Count >= 3 && Math.Abs(_corners[0].X - x) < 0.015 && Math.Abs(_corners[0].Y - y) < 0.02) Close();
        else if (_corners.Count < Zone.MostCorners) _corners.Add(new ZonePoint(Math.Round(x, 4), Math.Round(y, 4)));
        StateHasChanged();
    }

    /// <summary>A key of the whole editor: undo, redo, close, give up.</summary>
    [JSInvokable]
    public void Pressed(string key)
    {
        switch (key)
        {
            case "undo": Draw(drawing => drawing.Undo()); break;
            case "redo": Draw(drawing => drawing.Redo()); break;
            case "close": Close(); StateHasChanged(); break;
            case "escape": Choose(Tool.Move); StateHasChanged(); break;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Dispose();
        GC.SuppressFinalize(this);
        try
        {
            if (_editor is not null)
            {
                await _editor.InvokeVoidAsync("stop");
                await _editor.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The reader has left.
        }

        _self?.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        var wanted = $"{Code}/{Version}";
        if (_loaded == wanted) return;
        _loaded = wanted;
        _mayManage = Permissions.IsHeld(CamerasPermissions.Manage, await ActorAsync());
        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_editor is not null || _drawing is null) return;
        _self = DotNetObjectReference.Create(this);
        await using var module = await Script.InvokeAsync<IJSObjectReference>("import", "/_content/Anlan.Cameras/Zones/ZonesPage.razor.js");
        _editor = await module.InvokeAsync<IJSObjectReference>("edit", _stage, _self);
    }

    private async Task LoadAsync()
    {
        var camera = await RunAsync((ShowCamera slice) => slice.RunAsync(Code, Gone));
        var zones = await RunAsync((ShowZones slice) => slice.RunAsync(Code, Version, Gone));
        _unknown = [.. camera.Refusals, .. zones.Refusals];
        if (_unknown.Count > 0) return;
        (_camera, _versions) = (camera.Value.Camera, zones.Value.Versions);
        _drawing = new ZoneDrawing(new ZoneSet(zones.Value.Version, zones.Value.Zones));
        (_chosen, _preview, _refusals) = (_drawing.Zones.Select(zone => (int?)zone.Number).FirstOrDefault(), null, []);
        _corners.Clear();
        // Nothing drawn yet: whoever comes here comes to draw.
        _tool = CanDraw && _drawing.Zones.Count == 0 ? Tool.Draw : Tool.Move;
    }

    private void Draw(Action<ZoneDrawing> act)
    {
        if (!CanDraw || _drawing is null) return;
        act(_drawing);
        (_said, _preview) = (null, null);
        if (_drawing.Find(_chosen) is null) _chosen = _drawing.Zones.Select(zone => (int?)zone.Number).FirstOrDefault();
        StateHasChanged();
    }

    private void Choose(Tool tool)
    {
        _tool = tool;
        _corners.Clear();
    }

    private void Close()
    {
        if (_corners.Count < 3) return;
        var kind = _tool == Tool.Mask ? ZoneKind.Mask : ZoneKind.Exclusion;
        ZonePoint[] corners = [.. _corners];
        Choose(Tool.Move);
        Draw(drawing => _chosen = drawing.Add(kind, NameOf(kind), corners));
    }

    private void AddInTheMiddle() => Draw(drawing => _chosen = drawing.Add(ZoneKind.Exclusion, NameOf(ZoneKind.Exclusion), [new(0.35, 0.4), new(0.65, 0.4), new(0.65, 0.8), new(0.35, 0.8)]));

    private string NameOf(ZoneKind kind) => L["Zone.Default." + kind];

    private void Remove(int number) => Draw(drawing => drawing.Remove(number));

    private void MoveByKey(int zone, int corner, KeyboardEventArgs key)
    {
        var by = key.ShiftKey ? LargeStep : Step;
        (double X, double Y)? move = key.Key switch
        {
            "ArrowLeft" => (-by, 0),
            "ArrowRight" => (by, 0),
            "ArrowUp" => (0, -by),
            "ArrowDown" => (0, by),
            _ => null,
        };
        if (move is var (x, y) && _drawing?.Find(zone)?.Corners[corner] is { } at) Draw(drawing => drawing.MoveCorner(zone, corner, new ZonePoint(at.X + x, at.Y + y)));
        else if (key.Key is "Delete" or "Backspace") Draw(drawing => drawing.RemoveCorner(zone, corner));
    }

    private void Number(ChangeEventArgs changed, int least, int most, Func<int, Zone> with)
    {
        if (int.TryParse(changed.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) Draw(drawing => drawing.Change(with(Math.Clamp(value, least, most))));
    }

    private void Optional(ChangeEventArgs changed, int most, Func<int?, Zone> with)
    {
        if (changed.Value is not string { Length: > 0 }) Draw(drawing => drawing.Change(with(null)));
        else Number(changed, 1, most, value => with(value));
    }

    private async Task TryAsync() => await RunAsync((PreviewZones slice) =>
    {
        var answer = slice.Run(Code, _drawing!.Zones);
        _refusals = answer.Refusals;
        if (answer.IsDone) _preview = answer.Value;
        return Task.FromResult(0);
    });

    private async Task SaveAsync()
    {
        var request = new DrawZones.Request(_drawing!.Seen, _drawing.Zones);
        if (await ActAsync((DrawZones slice) => slice.RunAsync(Code, request, Gone)) is not { } answer) return;
        _refusals = answer.Refusals;
        if (!answer.IsDone) return;
        var chosen = _chosen;
        await LoadAsync();
        (_chosen, _said) = (chosen, L["Zones.Saved", answer.Value.Version]);
    }

    private Task DiscardAsync()
    {
        _asksDiscard = false;
        return LoadAsync();
    }

    // "zones.2.corners": which zone, and what of it.
    private string SayFault(Refusal refusal)
    {
        var said = L["Refusal." + refusal.Code].Value;
        return refusal.Field?.Split('.') is ["zones", var number, var field] ? L["Zones.Fault", number, L["ZoneField." + field].Value, said] : said;
    }
}
