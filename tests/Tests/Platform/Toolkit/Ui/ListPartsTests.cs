using Anlan.Toolkit.Ui;
using Bunit;

namespace Anlan.Tests.Platform.Toolkit.Ui;

public sealed class ListPartsTests
{
    [Theory]
    [InlineData(1, 45, "第 1–20 条，共 45 条", true, false)]
    [InlineData(3, 45, "第 41–45 条，共 45 条", false, true)]
    public async Task Paging_says_which_rows_of_how_many(int page, int total, string expected, bool hasNext, bool hasPrevious)
    {
        await using var context = new UiContext();
        var wanted = new List<int>();

        var paging = context.Render<Paging>(p => p.Add(x => x.Page, page).Add(x => x.Total, total).Add(x => x.Changed, wanted.Add));
        foreach (var button in paging.FindAll("button:not([disabled])").ToList()) await button.ClickAsync();

        Assert.Equal(expected, paging.Find("span").TextContent);
        Assert.Equal([.. hasPrevious ? [page - 1] : Array.Empty<int>(), .. hasNext ? [page + 1] : Array.Empty<int>()], wanted);
    }

    [Fact]
    public async Task Paging_of_one_page_offers_no_buttons()
    {
        await using var context = new UiContext();

        var paging = context.Render<Paging>(p => p.Add(x => x.Page, 1).Add(x => x.Total, 20));

        Assert.Empty(paging.FindAll("button"));
    }

    [Fact]
    public async Task A_search_begins_when_the_typing_pauses()
    {
        await using var context = new UiContext();
        var searched = new List<string>();
        var box = context.Render<SearchBox>(p => p.Add(x => x.Label, "找").Add(x => x.Searched, searched.Add));

        await box.Find("input").InputAsync("D");
        context.Clock.Advance(TimeSpan.FromMilliseconds(200));
        await box.Find("input").InputAsync("DQ");
        context.Clock.Advance(TimeSpan.FromMilliseconds(299));
        Assert.Empty(searched);
        context.Clock.Advance(TimeSpan.FromMilliseconds(1));

        box.WaitForAssertion(() => Assert.Equal(["DQ"], searched));
    }

    [Fact]
    public async Task A_state_is_told_by_outline_and_word()
    {
        await using var context = new UiContext();

        var chip = context.Render<StateChip>(p => p.Add(x => x.Tone, "off").Add(x => x.Shape, "idle").Add(x => x.Word, "待机"));

        Assert.Equal("待机", chip.Find(".st").TextContent);
        Assert.EndsWith("#s-idle", chip.Find("use").GetAttribute("href"), StringComparison.Ordinal);
    }
}
