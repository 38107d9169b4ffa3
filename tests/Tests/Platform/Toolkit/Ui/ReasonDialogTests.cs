using Anlan.Toolkit.Ui;
using Bunit;
using Microsoft.AspNetCore.Components.Web;

namespace Anlan.Tests.Platform.Toolkit.Ui;

public sealed class ReasonDialogTests
{
    private readonly List<string> _reasons = [];
    private readonly List<bool> _opened = [];

    [Fact]
    public async Task Nothing_is_confirmed_without_a_reason()
    {
        await using var context = new UiContext();
        var dialog = Open(context);

        Assert.True(dialog.Find("button[type=submit]").HasAttribute("disabled"));
        await dialog.Find("#reason").InputAsync("   ");
        await dialog.Find("form").SubmitAsync();
        Assert.Empty(_reasons);

        await dialog.Find("#reason").InputAsync(" 检修 ");
        await dialog.Find("form").SubmitAsync();

        Assert.Equal(["检修"], _reasons);
    }

    [Fact]
    public async Task A_plain_yes_is_enough_where_no_reason_is_asked()
    {
        await using var context = new UiContext();
        var dialog = Open(context, asksReason: false);

        Assert.Empty(dialog.FindAll("#reason"));
        await dialog.Find("form").SubmitAsync();

        Assert.Equal([""], _reasons);
    }

    [Fact]
    public async Task A_running_action_is_not_confirmed_twice()
    {
        await using var context = new UiContext();
        var dialog = Open(context, asksReason: false, isBusy: true);

        await dialog.Find("form").SubmitAsync();

        Assert.Empty(_reasons);
    }

    [Fact]
    public async Task Escape_cancel_and_a_click_beside_it_close_it()
    {
        await using var context = new UiContext();
        var dialog = Open(context);

        await dialog.Find("[role=dialog]").KeyDownAsync(new KeyboardEventArgs { Key = "Escape" });
        await dialog.Find("button[type=button]").ClickAsync();
        await dialog.Find(".veil").ClickAsync();

        Assert.Equal([false, false, false], _opened);
    }

    private IRenderedComponent<ReasonDialog> Open(UiContext context, bool asksReason = true, bool isBusy = false) =>
        context.Render<ReasonDialog>(p => p.Add(d => d.IsOpen, true).Add(d => d.Title, "停用").Add(d => d.Confirm, "停用账号").Add(d => d.AsksReason, asksReason).Add(d => d.IsBusy, isBusy)
            .Add(d => d.Confirmed, _reasons.Add).Add(d => d.IsOpenChanged, _opened.Add));
}
