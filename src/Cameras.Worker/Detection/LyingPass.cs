using Anlan.Cameras.Sight.Tracking;

namespace Anlan.Cameras.Worker.Detection;

/// <summary>
/// Finds people who lie, whom no model sees: the picture, or a part of it, is turned to the right and to the left, both side by side in one picture for the same detector. What is found there
/// is told as it lies in the upright picture.
/// </summary>
/// <param name="detector">What finds upright people.</param>
/// <param name="aspect">Width of the camera's picture over its height, as people see it.</param>
internal sealed class LyingPass(IPersonDetector detector, float aspect = 16f / 9)
{
    private const byte Grey = 114;
    private static readonly PersonBox Whole = new(0, 0, 1, 1, 1);
    private readonly byte[] _turned = new byte[3 * detector.Size.Width * detector.Size.Height];

    /// <summary>Who lies in a picture.</summary>
    /// <param name="picture">RGB, of the detector's size.</param>
    /// <param name="least">Only those of which the model is at least this sure, 0 to 1.</param>
    /// <param name="part">Which part of the picture: the smaller, the better small people are seen; null = all of it.</param>
    public IReadOnlyList<PersonBox> Detect(ReadOnlySpan<byte> picture, float least, PersonBox? part = null)
    {
        var area = (part ?? Whole).Cut();
        if (area.Width <= 0 || area.Height <= 0) return [];
        var (width, height) = (detector.Size.Width / 2, detector.Size.Height);
        // Turned, what was wide is high: as large as half of the picture allows, with its own proportions.
        var scale = Math.Min(height / (area.Width * aspect), width / area.Height);
        var (high, wide) = (Math.Max(1, (int)(area.Width * aspect * scale)), Math.Max(1, (int)(area.Height * scale)));
        _turned.AsSpan().Fill(Grey);
        Turn(picture, area, high, wide);
        var found = new List<PersonBox>();
        foreach (var box in detector.Detect(_turned, least))
        {
            var (left, right, top, bottom) = (box.Left * detector.Size.Width, box.Right * detector.Size.Width, box.Top * height / high, box.Bottom * height / high);
            var isLeft = (left + right) / 2 >= width;
            if (isLeft) (left, right) = (left - width, right - width);
            (left, right) = (Math.Clamp(left / wide, 0, 1), Math.Clamp(right / wide, 0, 1));
            (top, bottom) = (Math.Clamp(top, 0, 1), Math.Clamp(bottom, 0, 1));
            if (left >= right || top >= bottom) continue;
            var upright = isLeft ? new PersonBox(1 - bottom, left, 1 - top, right, box.Score) : new PersonBox(top, 1 - right, bottom, 1 - left, box.Score);
            found.Add(new PersonBox(
                area.Left + (upright.Left * area.Width), area.Top + (upright.Top * area.Height), area.Left + (upright.Right * area.Width), area.Top + (upright.Bottom * area.Height), box.Score));
        }

        return PersonBox.Surest(found, 0.5f);
    }

    // To the right into the left half, to the left into the right one.
    private void Turn(ReadOnlySpan<byte> picture, in PersonBox area, int high, int wide)
    {
        var half = detector.Size.Width / 2;
        for (var row = 0; row < high; row++)
        {
            var along = (row + 0.5f) / high;
            for (var column = 0; column < wide; column++)
            {
                var down = (column + 0.5f) / wide;
                Copy(picture, area.Left + (along * area.Width), area.Top + ((1 - down) * area.Height), ((row * detector.Size.Width) + column) * 3);
                Copy(picture, area.Left + ((1 - along) * area.Width), area.Top + (down * area.Height), ((row * detector.Size.Width) + half + column) * 3);
            }
        }
    }

    // The four pixels around a place, each by how near it is.
    private void Copy(ReadOnlySpan<byte> picture, float across, float down, int to)
    {
        var (width, height) = detector.Size;
        var (x, y) = (Math.Clamp((across * width) - 0.5f, 0, width - 1), Math.Clamp((down * height) - 0.5f, 0, height - 1));
        var (left, top) = ((int)x, (int)y);
        var (right, bottom) = (Math.Min(left + 1, width - 1), Math.Min(top + 1, height - 1));
        var (partX, partY) = (x - left, y - top);
        for (var colour = 0; colour < 3; colour++)
        {
            var above = (picture[(((top * width) + left) * 3) + colour] * (1 - partX)) + (picture[(((top * width) + right) * 3) + colour] * partX);
            var below = (picture[(((bottom * width) + left) * 3) + colour] * (1 - partX)) + (picture[(((bottom * width) + right) * 3) + colour] * partX);
            _turned[to + colour] = (byte)((above * (1 - partY)) + (below * partY) + 0.5f);
        }
    }
}
