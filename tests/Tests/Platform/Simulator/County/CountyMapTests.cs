using Anlan.Simulator.County;

namespace Anlan.Tests.Platform.Simulator.County;

public sealed class CountyMapTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Places_lie_inside_the_outline_of_the_county_and_apart_from_each_other()
    {
        File.WriteAllText(_file, """
            {"type":"FeatureCollection","features":[
              {"type":"Feature","properties":{"name":"Elsewhere"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}},
              {"type":"Feature","properties":{"name":"Corner"},"geometry":{"type":"MultiPolygon","coordinates":[[[[120,30],[121,30],[121,30.5],[120.5,30.5],[120.5,31],[120,31],[120,30]]]]}}]}
            """);
        var map = CountyMap.Read(_file, "Corner");
        var dice = new Random(1);

        var centres = map.Centres(9, dice);

        Assert.False(map.Contains((30.9, 120.9)));
        Assert.True(map.Contains((30.1, 120.9)));
        Assert.All(centres, centre => Assert.True(map.Contains(centre)));
        Assert.All(centres, centre => Assert.True(map.Contains(map.Near(centre, dice))));
        Assert.All(centres, centre => Assert.All(centres.Where(other => other != centre), other => Assert.True(Math.Abs(centre.Lat - other.Lat) + Math.Abs(centre.Lon - other.Lon) > 0.1)));
        Assert.Throws<InvalidDataException>(() => CountyMap.Read(_file, "Nowhere"));
    }
}
