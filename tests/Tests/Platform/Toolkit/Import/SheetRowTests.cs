using Anlan.Toolkit.Import;

namespace Anlan.Tests.Platform.Toolkit.Import;

public sealed class SheetRowTests
{
    private static readonly SheetForm Form = new("tests", typeof(Anlan.Enterprises.EnterprisesModule).Assembly.GetType("Anlan.Enterprises.Words")!, "tests.run", typeof(ImportSheet),
    [
        new SheetColumn("text", "x") { IsRequired = true },
        new SheetColumn("day", "2024-01-01"),
        new SheetColumn("number", "1"),
        new SheetColumn("kind", "") { Choices = [new("company", "Kind.Company"), new("selfEmployed", "Kind.SelfEmployed")] },
        new SheetColumn("secret", "1") { IsPersonal = true },
    ]);

    [Theory]
    [InlineData("2024-03-05", "2024-03-05")]
    [InlineData("2024/3/5", "2024-03-05")]
    [InlineData("2024.3.5", "2024-03-05")]
    [InlineData("20240305", "2024-03-05")]
    [InlineData("2024\u5E743\u67085\u65E5", "2024-03-05")]
    [InlineData("２０２４－０３－０５", "2024-03-05")]
    [InlineData("2024-03-05 00:00:00", "2024-03-05")]
    [InlineData("2024-02-30", null)]
    [InlineData("05.03.2024", null)]
    [InlineData("soon", null)]
    [InlineData("45356", null)]
    public void A_date_is_read_however_it_is_written(string written, string? day)
    {
        var row = Row("x", written);

        Assert.Equal(day is null ? null : DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), row.Day("day"));
        Assert.Equal(day is null ? ["CellNoDate"] : [], row.Faults.Select(fault => fault.Code));
    }

    [Theory]
    [InlineData("company", "company")]
    [InlineData("企业", "company")]
    [InlineData(" 个体 经营者 ", "selfEmployed")]
    [InlineData("COMPANY", "company")]
    [InlineData("factory", null)]
    public void A_word_is_read_in_either_language(string written, string? value)
    {
        var row = Row("x", null, null, written);

        Assert.Equal(value, row.Word("kind"));
        Assert.Equal(value is null ? ["CellNoWord"] : [], row.Faults.Select(fault => fault.Code));
    }

    [Theory]
    [InlineData("3.30521E+17")]
    [InlineData("3E+17")]
    public void A_number_that_lost_its_digits_is_refused(string written)
    {
        var row = Row(written);

        Assert.Null(row.Text("text"));
        Assert.Equal("CellLostDigits", Assert.Single(row.Faults).Code);
    }

    [Theory]
    [InlineData("'=1+1", "=1+1")]
    [InlineData("'+8613900000000", "+8613900000000")]
    [InlineData("'plain", "'plain")]
    [InlineData("  x  ", "x")]
    public void A_sign_that_an_export_put_before_a_formula_is_taken_off_again(string written, string text) => Assert.Equal(text, Row(written).Text("text"));

    [Fact]
    public void A_needed_cell_that_is_blank_is_a_fault()
    {
        Assert.Equal(("text", "CellMissing"), Assert.Single(Row("  ").Faults.Select(fault => (fault.Field, fault.Code))));
    }

    [Fact]
    public void What_names_a_person_is_never_repeated_in_a_fault()
    {
        var row = Row("x", null, null, null, "9900001990");

        row.Day("secret");

        Assert.Null(Assert.Single(row.Faults).Measured);
    }

    private static SheetRow Row(params string?[] cells)
    {
        var places = Form.Columns.Select((column, place) => (column.Key, place)).ToDictionary(pair => pair.Key, pair => pair.place);
        return new SheetRow(new SheetForms([Form]), Form, places, 2, cells);
    }
}
