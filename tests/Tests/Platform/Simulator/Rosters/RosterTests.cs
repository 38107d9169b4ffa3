using Anlan.Simulator.Rosters;

namespace Anlan.Tests.Platform.Simulator.Rosters;

public sealed class RosterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("anlan-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_roster_is_read_as_it_was_written_and_only_its_owner_may_read_it()
    {
        var path = Path.Combine(_folder.FullName, "roster.json");
        var roster = new Roster
        {
            Server = "http://127.0.0.1:5080",
            Desks = [new DeskEntry("bureau", "Nobody", "bureau", "password")],
            Welders = [new WelderEntry("Nobody", "welder01", "password", "924715", "licensed", ["DEMO-0001"])],
            Chips = [new ChipEntry("SIM-0001", "secret", "DEMO-0001", "electric", 400, 30.5, 120, ["AA"])],
        };

        roster.Write(path);
        roster.Write(path);

        var read = Roster.Read(path);
        Assert.Equal((roster.Server, roster.Desks[0], roster.Chips[0].Secret, roster.Welders[0].Pin), (read.Server, read.Desks[0], read.Chips[0].Secret, read.Welders[0].Pin));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }
}
