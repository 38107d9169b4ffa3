using Anlan.Cameras.Sight.Zones;
using Anlan.Cameras.Zones;

namespace Anlan.Tests.Cameras.Zones;

public sealed class ZoneDrawingTests
{
    private static readonly ZonePoint[] Triangle = [new(0.1, 0.1), new(0.9, 0.1), new(0.5, 0.9)];
    private readonly ZoneDrawing _drawing = new(new ZoneSet(3, [new Zone(4, "Pool", ZoneKind.Exclusion, Triangle)]));

    [Fact]
    public void Every_step_can_be_undone_and_done_again_and_another_step_ends_what_could_be_done_again()
    {
        Assert.False(_drawing.IsChanged);
        _drawing.MoveCorner(4, 0, new ZonePoint(-1, 0.2));
        Assert.Equal(new ZonePoint(0, 0.2), _drawing.Find(4)!.Corners[0]);
        _drawing.InsertCorner(4, 1, new ZonePoint(0.5, 0));
        Assert.Equal(4, _drawing.Find(4)!.Corners.Count);
        _drawing.Undo();
        _drawing.Undo();
        Assert.Equal((Triangle[0], false), (_drawing.Find(4)!.Corners[0], _drawing.CanUndo));
        _drawing.Redo();
        Assert.Equal(new ZonePoint(0, 0.2), _drawing.Find(4)!.Corners[0]);
        _drawing.Change(_drawing.Find(4)! with { Name = "Tank" });
        Assert.False(_drawing.CanRedo);
    }

    [Fact]
    public void A_number_is_never_used_again_and_a_triangle_keeps_its_corners()
    {
        var five = _drawing.Add(ZoneKind.Mask, "Mask", Triangle);
        _drawing.Remove(five);
        Assert.Equal((5, 6), (five, _drawing.Add(ZoneKind.Mask, "Mask", Triangle)));
        _drawing.RemoveCorner(4, 0);
        Assert.Equal(3, _drawing.Find(4)!.Corners.Count);
    }
}
