using System.Text;

namespace Anlan.Tests.Welding.Sessions;

/// <summary>The lines of a downloaded list.</summary>
internal static class CsvLines
{
    public static async Task<string[]> OfAsync(HttpResponseMessage answer)
    {
        answer.EnsureSuccessStatusCode();
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        return Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
