using System.Text.Json;
using Anlan.Toolkit.Import;

namespace Anlan.Tests.Platform.Toolkit.Import;

public sealed class FileRowJsonTests
{
    [Fact]
    public void A_row_is_kept_as_one_array_and_read_again_blank_cells_included()
    {
        List<FileRow> rows = [new(2, ["a \"b\"", null, ""]), new(7, [])];

        var kept = JsonSerializer.Serialize(rows, JsonSerializerOptions.Web);
        var read = JsonSerializer.Deserialize<List<FileRow>>(kept, JsonSerializerOptions.Web)!;

        Assert.StartsWith("[[2,", kept, StringComparison.Ordinal);
        Assert.Equal([2, 7], read.Select(row => row.N));
        Assert.Equal(["a \"b\"", null, ""], read[0].C);
        Assert.Empty(read[1].C);
    }

    [Fact]
    public void Rows_that_an_earlier_version_kept_are_read_too()
    {
        var read = JsonSerializer.Deserialize<List<FileRow>>("""[{"n":2,"c":["a",null]},{"n":3,"c":["b","c"]}]""", JsonSerializerOptions.Web)!;

        Assert.Equal([(2, "a,"), (3, "b,c")], read.Select(row => (row.N, string.Join(',', row.C))));
    }

    [Theory]
    [InlineData("[3]")]
    [InlineData("[[\"a\"]]")]
    [InlineData("[[]]")]
    public void What_is_no_row_is_not_taken_for_one(string kept) => Assert.ThrowsAny<Exception>(() => JsonSerializer.Deserialize<List<FileRow>>(kept, JsonSerializerOptions.Web));
}
