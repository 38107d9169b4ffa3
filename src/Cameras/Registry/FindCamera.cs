using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Cameras.Registry;

/// <summary>Finds a camera. One out of scope is unknown: its code tells nothing to others.</summary>
internal sealed class FindCamera(CamerasDb db, CameraIndex index, CurrentScope scope)
{
    public static Refusal Unknown(string code) => new("CameraUnknown") { Measured = FactValue.Text(code) };

    /// <summary>A camera within scope, or null.</summary>
    public CameraFacts? Facts(string code) => index.FindByCode(code.Trim()) is { } camera && camera.Anchor.IsWithin(scope.Now) ? camera : null;

    /// <summary>A camera within scope by its id, or null.</summary>
    public CameraFacts? Facts(Guid id) => index.Find(new CameraId(id)) is { } camera && camera.Anchor.IsWithin(scope.Now) ? camera : null;

    /// <summary>The row of a camera within scope, or null.</summary>
    public async Task<Camera?> RowAsync(string code, CancellationToken stop) => Facts(code) is { } camera ? await db.Cameras.SingleOrDefaultAsync(row => row.Id == camera.Id, stop) : null;
}
