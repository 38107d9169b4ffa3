using Anlan.Enterprises.Divisions;

namespace Anlan.Tests.Enterprises.Divisions;

public sealed class DivisionFileTests
{
    private const string Header = "code,name,level,parent";

    [Fact]
    public void Rows_may_come_in_any_order()
    {
        var content = DivisionFile.Parse([Header, "990501001,First,town,990501", "990501,East,county,9905", "99,North,province,", "9905,Port,prefecture,99"]);

        Assert.Empty(content.Broken);
        Assert.Equal(["99", "9905", "990501", "990501001"], content.Divisions.Select(d => d.Code.Value));
    }

    [Theory]
    [InlineData("990501,East,county", "cells")]
    [InlineData("99050,East,county,9905", "digits")]
    [InlineData("990501,,county,9905", "name")]
    [InlineData("990501,East,galaxy,9905", "level")]
    [InlineData("990501,East,county,x", "parent")]
    [InlineData("990501,East,county,9906", "not in the list")]
    [InlineData("990601,East,county,9905", "inside")]
    [InlineData("9905,Again,prefecture,99", "twice")]
    public void A_broken_row_is_left_out_and_told_with_its_line(string row, string why)
    {
        var content = DivisionFile.Parse([Header, "99,North,province,", "9905,Port,prefecture,99", row]);

        var broken = Assert.Single(content.Broken);
        Assert.Equal(4, broken.Line);
        Assert.Contains(why, broken.Reason, StringComparison.Ordinal);
        Assert.Equal(2, content.Divisions.Count);
    }

    [Fact]
    public void A_mark_of_byte_order_quotes_and_codes_in_names_do_no_harm()
    {
        var content = DivisionFile.Parse(["\uFEFF" + Header, "99,\"North (99)\",province,", "", "9905,Port（9905）,prefecture,99\r"]);

        Assert.Empty(content.Broken);
        Assert.Equal(["North", "Port"], content.Divisions.Select(d => d.Name));
    }

    [Fact]
    public void A_file_of_another_kind_is_refused() => Assert.Throws<InvalidDataException>(() => DivisionFile.Parse(["name;code", "x;y"]));
}
