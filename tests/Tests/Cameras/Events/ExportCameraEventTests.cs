using System.IO.Compression;
using Anlan.Cameras.Events;
using Anlan.Cameras.Work;
using Anlan.Host;

namespace Anlan.Tests.Cameras.Events;

/// <summary>The evidence of an event goes out blurred, and whoever has it can check it without a server.</summary>
public sealed class ExportCameraEventTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("anlan-bundle-").FullName;
    private CamerasWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await CamerasWorld.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_bundle_holds_what_is_blurred_and_a_changed_picture_is_noticed()
    {
        var entered = _world.Entered(zone: 1);
        await _world.DeliverAsync(entered);
        foreach (var isBlurred in (bool[])[false, true])
        {
            using var clip = new MemoryStream([.. CamerasWorld.Clip, (byte)(isBlurred ? 1 : 0)]);
            Assert.Empty((await _world.AskAsync((TakeClip slice) => slice.RunAsync(entered.Id, isBlurred, null, clip, CancellationToken.None))).Refusals);
        }

        await _world.Host.ProjectedAsync();
        var bundle = Path.Combine(_folder, "event.zip");
        await File.WriteAllBytesAsync(bundle, (await _world.AskAsync((ExportCameraEvent slice) => slice.RunAsync(entered.Id, CancellationToken.None))).Value);
        using (var zip = ZipFile.OpenRead(bundle))
        {
            Assert.Equal(["clip.mp4", "clip.txt", "event.txt", "picture.jpg"], zip.Entries.Select(entry => entry.Name).Order(StringComparer.Ordinal));
            using var picture = new MemoryStream();
            using (var content = zip.GetEntry("picture.jpg")!.Open()) content.CopyTo(picture);
            Assert.Equal(entered.BlurredPicture, picture.ToArray());
        }

        var (code, said) = await VerifyAsync(bundle);
        Assert.Equal((0, true), (code, said.Contains("picture.jpg is what an entry names", StringComparison.Ordinal)));

        using (var zip = ZipFile.Open(bundle, ZipArchiveMode.Update))
        {
            zip.GetEntry("picture.jpg")!.Delete();
            using var other = zip.CreateEntry("picture.jpg").Open();
            other.Write(CamerasWorld.Jpeg.AsSpan(0, 9));
        }

        (code, said) = await VerifyAsync(bundle);
        Assert.Equal((1, true), (code, said.Contains("error: picture.jpg", StringComparison.Ordinal)));
    }

    private static async Task<(int Code, string Said)> VerifyAsync(string file)
    {
        var output = new StringWriter();
        return (await Verify.RunAsync([$"--File={file}"], output, CancellationToken.None), output.ToString());
    }
}
