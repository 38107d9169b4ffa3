using Anlan.Toolkit.Http;
using Anlan.Toolkit.Ui;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

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

    [Theory]
    [InlineData("things?search=a&page=3", 45, "20", 2)]
    [InlineData("things?size=50", 45, "50", 0)]
    [InlineData("things?size=7", 45, "20", 2)]
    [InlineData("things?size=100", 101, "100", 2)]
    public async Task The_reader_chooses_how_many_rows_a_page_has_in_the_address(string address, int total, string chosen, int buttons)
    {
        await using var context = new UiContext();
        var navigation = context.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo(address);
        var paging = context.Render<Paging>(p => p.Add(x => x.Page, 1).Add(x => x.Total, total));

        Assert.Equal(chosen, paging.Find("select").GetAttribute("value"));
        Assert.Equal(buttons, paging.FindAll("button").Count);
        await paging.Find("select").ChangeAsync("100");

        Assert.Equal("100", QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query)["size"]);
        Assert.DoesNotContain("page=", navigation.Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("things?page=2&search=a", false, "sort=name", null)]
    [InlineData("things?sort=name", false, "sort=-name", "ascending")]
    [InlineData("things?sort=-name", false, "", "descending")]
    [InlineData("things", true, "sort=-name", null)]
    [InlineData("things?sort=-name", true, "sort=name", "descending")]
    [InlineData("things?sort=name", true, "", "ascending")]
    public async Task A_columns_title_orders_upwards_downwards_and_back(string address, bool isLargestFirst, string next, string? order)
    {
        await using var context = new UiContext();
        context.Services.GetRequiredService<NavigationManager>().NavigateTo(address);

        var title = context.Render<SortTh>(p => p.Add(x => x.Label, "名称").Add(x => x.Key, "name").Add(x => x.IsLargestFirst, isLargestFirst));
        var leadsTo = new Uri(title.Find("a").GetAttribute("href")!).Query;

        Assert.Equal(next, leadsTo.TrimStart('?').Split('&').FirstOrDefault(part => part.StartsWith("sort", StringComparison.Ordinal)) ?? "");
        Assert.DoesNotContain("page=", leadsTo, StringComparison.Ordinal);
        Assert.Equal(order, title.Find("th").GetAttribute("aria-sort"));
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

        box.WaitForAssertion(() => Assert.Equal(["DQ"], searched), TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData(ListFile.Most, true)]
    [InlineData(ListFile.Most + 1, false)]
    public async Task A_list_too_long_for_a_file_says_so_instead_of_offering_one(int rows, bool isOffered)
    {
        await using var context = new UiContext("en");
        context.Services.GetRequiredService<NavigationManager>().NavigateTo("/things?state=old&search=a");

        var link = context.Render<ExportLink>(p => p.Add(x => x.Path, "/api/v1/things/export").Add(x => x.Rows, rows).Add(x => x.Filters, new Dictionary<string, object?> { ["state"] = "new" }));

        Assert.Equal(isOffered ? ["/api/v1/things/export?state=new&search=a"] : [], link.FindAll("a").Select(a => a.GetAttribute("href")));
        Assert.Equal(!isOffered, link.Markup.Contains("The list has 50,001 rows", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_can_be_chosen_only_once_the_page_listens()
    {
        await using var context = new UiContext();
        await using var renderer = new HtmlRenderer(context.Services, NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(FileInput.Id)] = "file", [nameof(FileInput.Accept)] = ".csv" });

        var before = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<FileInput>(parameters)).ToHtmlString());
        var after = context.Render<FileInput>(p => p.Add(x => x.Id, "file").Add(x => x.Accept, ".csv"));

        Assert.Contains(" disabled", before, StringComparison.Ordinal);
        Assert.False(after.Find("#file").HasAttribute("disabled"));
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
