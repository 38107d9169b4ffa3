using Anlan.Kernel.Places;
using Anlan.Toolkit.Ui;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Platform.Toolkit.Ui;

public sealed class DistrictMapTests
{
    [Fact]
    public async Task Every_marker_is_a_link_with_its_words_and_lies_on_the_sheet()
    {
        await using var context = new UiContext();
        var places = context.Services.GetRequiredService<CityMap>().Areas.Select(area => area.Rings[0][0]).ToList();

        var map = context.Render<DistrictMap>(p => p.Add(m => m.Label, "焊机").Add(m => m.Marks, [.. places.Select((place, i) => new MapMark(place, i % 2 == 0 ? "ok" : "bad", $"M-{i} · 运行", $"/m/{i}"))]));

        var marks = map.FindAll("a.mark");
        Assert.Equal(places.Count, marks.Count);
        Assert.All(marks, mark => Assert.Contains("M-", mark.GetAttribute("aria-label"), StringComparison.Ordinal));
        Assert.All(marks, mark => Assert.StartsWith("/m/", mark.GetAttribute("href"), StringComparison.Ordinal));
        Assert.Equal("焊机", map.Find("svg.map").GetAttribute("aria-label"));
    }

    [Fact]
    public async Task What_needs_somebody_is_drawn_last_and_stays_a_stop_of_the_tab_key_among_many()
    {
        await using var context = new UiContext();
        var place = context.Services.GetRequiredService<CityMap>().Areas[0].Rings[0][0];
        var quiet = Enumerable.Range(0, 100).Select(i => new MapMark(place, "idle", $"M-{i}", $"/m/{i}"));

        var map = context.Render<DistrictMap>(p => p.Add(m => m.Label, "焊机").Add(m => m.Marks, [new MapMark(place, "bad", "X-1", "/m/x"), .. quiet]));

        var last = map.FindAll("a.mark")[^1];
        Assert.Equal("X-1", last.GetAttribute("aria-label"));
        Assert.Equal("X-1", Assert.Single(map.FindAll("a.mark[tabindex='0']")).GetAttribute("aria-label"));
    }

    [Fact]
    public void A_sheet_shows_the_whole_area_with_equal_scale_in_both_directions()
    {
        var square = new MapArea("1", "A", [[new(30, 120), new(30, 121), new(31, 121), new(31, 120)]]);

        var sheet = new MapSheet([square], 900, 500);

        var (west, north) = sheet.Place(new GeoPoint(31, 120));
        var (east, south) = sheet.Place(new GeoPoint(30, 121));
        Assert.True(west > 0 && north > 0 && east < sheet.Width && south < sheet.Height);
        Assert.Equal(Math.Cos(double.DegreesToRadians(30.5)), (east - west) / (south - north), 3);
        Assert.Equal(sheet.Width, west + east, 3);
    }

    [Fact]
    public async Task Names_come_from_the_map_file_and_are_written_safely()
    {
        await using var context = new UiContext();
        var area = new MapArea("1", "<b>&", [[new(30, 120), new(30, 121), new(31, 121), new(31, 120)]]);

        var drawn = new MapSheet([area], 900, 500).Draw([area], _ => true);

        Assert.Contains("&lt;b&gt;&amp;", drawn, StringComparison.Ordinal);
    }
}
