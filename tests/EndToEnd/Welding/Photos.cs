using Anlan.EndToEnd.Browsing;
using Microsoft.Playwright;

namespace Anlan.EndToEnd.Welding;

/// <summary>What an installer's camera takes.</summary>
internal static class Photos
{
    // The smallest picture that there is.
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=");

    /// <summary>Takes a photo of the fitted chip, from the machine's page and back to it.</summary>
    public static async Task KeepAsync(Visitor visitor)
    {
        await visitor.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "拍照" }).ClickAsync();
        await visitor.Page.Locator("#photo").SetInputFilesAsync(new FilePayload { Name = "chip.png", MimeType = "image/png", Buffer = Picture });
        await visitor.PressAsync("保存照片");
        await visitor.SeesAsync("芯片照片 1 张");
    }
}
