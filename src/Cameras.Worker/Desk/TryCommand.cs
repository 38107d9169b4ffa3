using System.CommandLine;
using System.Globalization;
using Anlan.Cameras.Sight.Wire;
using Anlan.Cameras.Worker.Ingest;
using Anlan.Cameras.Worker.Seeing;

namespace Anlan.Cameras.Worker.Desk;

/// <summary><c>try</c>: reads a camera and says once a second what comes, so that an address can be tried where the camera is.</summary>
internal static class TryCommand
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static Command Make()
    {
        var own = new Option<bool>("--allow-own-machine", "--allow-files") { Description = "Read files and addresses of this machine as cameras." };
        var command = new Command("try", "Reads a camera whose address is typed in (one line, so that it stands in no list of processes) and says once a second what comes.") { own };
        command.SetAction((parsed, stop) => WorkCommand.MendAsync(async () =>
        {
            WorkCommand.RequireFfmpeg();
            var reach = parsed.GetValue(own) ? AddressReach.OwnMachine : AddressReach.OwnNetwork;
            var text = await Console.In.ReadLineAsync(stop) ?? "";
            if (CameraAddress.Parse(text, reach, out var fault) is not { } address) throw new FormatException(AddressCheck.Say(fault!.Value));
            await Console.Out.WriteLineAsync(address.Display.AsMemory(), stop);
            await ReadAsync(text, reach, stop);
        }, stop));
        return command;
    }

    private static async Task ReadAsync(string address, AddressReach reach, CancellationToken stop)
    {
        var (sight, grid, turn, pictures) = (new SightWatch(new SightSettings(), TimeProvider.System.GetUtcNow()), new Grid(), new Lock(), 0);
        var reader = new FfmpegReader(address, reach, new ReaderOptions { Reach = reach }, new Picture.PicturePool(), segments: null, TimeProvider.System);
        var reading = reader.RunAsync(picture =>
        {
            using (picture)
            {
                lock (turn)
                {
                    grid.Fill(picture);
                    sight.See(grid, picture.TakenAt);
                    pictures++;
                }
            }
        }, stop);
        while (!reading.IsCompleted)
        {
            await Task.Delay(Second, TimeProvider.System, stop);
            string line;
            lock (turn)
            {
                sight.Wait(TimeProvider.System.GetUtcNow());
                line = string.Create(CultureInfo.InvariantCulture, $"{sight.State}: {pictures} pictures, {reader.Restarts} restarts {reader.Fault}");
            }

            await Console.Out.WriteLineAsync(line.AsMemory(), stop);
        }

        await reading;
    }
}
