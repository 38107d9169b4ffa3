using System.Text;
using Anlan.EndToEnd.Browsing;
using Anlan.EndToEnd.Running;
using Anlan.Simulator.County;
using Microsoft.Playwright;

namespace Anlan.EndToEnd.Imports;

/// <summary>How a county's registry comes in: a file, looked through before anything is written, its good rows, the whole of it, and back again.</summary>
public sealed class ImportTests(Chromium chromium)
{
    private const string Header = "name,creditCode,kind,division,address\n";

    [Fact]
    public async Task A_bureau_imports_enterprises_mends_what_was_wrong_exports_the_list_and_undoes_it()
    {
        await using var county = await DemoCounty.StartAsync(machines: 3);
        var (bureau, password) = county.Desk("county-bureau");
        await using var desk = await chromium.VisitAsync(county.Server.Url, Device.Desk);

        await desk.TravelAsync(nameof(A_bureau_imports_enterprises_mends_what_was_wrong_exports_the_list_and_undoes_it), county.Server, async () =>
        {
            await desk.EnterAsync(bureau, password);
            var dice = new Random(20240205);
            string[] codes = [.. Enumerable.Range(0, 3).Select(_ => InventedNumbers.CreditCode(dice, InventedNumbers.NoPlace))];
            var good = $"试航船厂一,{codes[0]},company,330521001,试航路 1 号\n试航船厂二,{codes[1]},company,330521001,试航路 2 号\n";

            // One digit of the third is wrong: the others can go first.
            await UploadAsync(desk, "first.csv", good + $"试航船厂三,{Wrong(codes[2])},company,330521001,试航路 3 号\n");
            await desk.SeesAsync("有错的地方（1）");
            await desk.Page.Locator("tr", new() { HasText = Wrong(codes[2]) }).GetByText("统一社会信用代码").First.WaitForAsync();
            Assert.StartsWith("PK", await DownloadAsync(desk, "下载有错的行"), StringComparison.Ordinal);
            await desk.PressAsync("只导入好的 2 行");
            await desk.SeesAsync("已导入");
            await desk.FindsNoSeriousBarrierAsync();
            Assert.Equal(2, await CountAsync(desk));

            // The whole file again, mended: what is there stays what it is.
            await UploadAsync(desk, "mended.csv", good + $"试航船厂三,{codes[2]},company,330521001,试航路 3 号\n");
            await desk.PressAsync("全部导入（1 行有变化）");
            await desk.SeesAsync("已导入");
            var second = desk.Page.Url;
            Assert.Equal(3, await CountAsync(desk));

            var list = Encoding.UTF8.GetString(await (await desk.GetAsync("/api/v1/enterprises/export?search=" + Uri.EscapeDataString("试航船厂"))).BodyAsync());
            Assert.All(codes, code => Assert.Contains(code, list, StringComparison.Ordinal));

            await desk.GoAsync(second);
            await desk.UntilInteractiveAsync();
            await desk.PressAsync("撤销导入");
            await desk.Page.Locator("dialog, [role=dialog]").GetByRole(AriaRole.Button, new() { Name = "撤销导入" }).ClickAsync();
            await desk.SeesAsync("已撤销");
            Assert.Equal(2, await CountAsync(desk));
            await desk.GoAsync("/imports");
            await desk.SeesAsync("mended.csv");
            Assert.Contains("first.csv", await DownloadAsync(desk, "导出"), StringComparison.Ordinal);
            Assert.Empty(desk.TakeComplaints());
        });
    }

    private static async Task UploadAsync(Visitor desk, string name, string rows)
    {
        await desk.GoAsync("/imports");
        await desk.UntilInteractiveAsync();
        await desk.Page.Locator("#form").SelectOptionAsync("enterprises");
        await desk.Page.Locator("#file:enabled").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(Header + rows) });
        await desk.PressAsync("上传并预检");
        await desk.SeesAsync("待确认");
    }

    private static async Task<string> DownloadAsync(Visitor desk, string link)
    {
        var file = await desk.Page.RunAndWaitForDownloadAsync(() => desk.Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync());
        return await File.ReadAllTextAsync(await file.PathAsync());
    }

    private static async Task<int> CountAsync(Visitor desk) =>
        (await (await desk.GetAsync("/api/v1/enterprises?search=" + Uri.EscapeDataString("试航船厂"))).JsonAsync())!.Value.GetProperty("total").GetInt32();

    private static string Wrong(string code) => code[..^1] + (code[^1] == '0' ? '1' : '0');
}
