using System.IO.Compression;
using System.Text;
using Anlan.Toolkit.Import;

namespace Anlan.Tests.Platform.Toolkit.Import;

public sealed class SheetFileTests
{
    [Fact]
    public void A_table_is_read_alike_from_every_format_and_encoding()
    {
        const string text = "名称,号码\r\n\"安吉, 一厂\",007\r\n";
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        byte[][] files =
        [
            Encoding.UTF8.GetBytes(text), [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)], Encoding.GetEncoding("GB18030").GetBytes(text),
            [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)], Encoding.UTF8.GetBytes(text.Replace("称,", "称;", StringComparison.Ordinal).Replace("\",", "\";", StringComparison.Ordinal)),
            SheetWriter.Workbook(("一", ["名称", "号码"], [["安吉, 一厂", "007"]])),
        ];

        foreach (var file in files)
        {
            var table = SheetFile.Read(file).Value;

            Assert.Equal(["名称", "号码"], table.Headers);
            var row = Assert.Single(table.Rows);
            Assert.Equal(2, row.N);
            Assert.Equal(["安吉, 一厂", "007"], row.C);
        }
    }

    [Fact]
    public void Blank_rows_are_left_out_and_the_others_keep_their_numbers()
    {
        var table = SheetFile.Read("a,b\n1,2\n,\n\n3,4\n"u8.ToArray()).Value;

        Assert.Equal([2, 5], table.Rows.Select(row => row.N));
    }

    public static TheoryData<string, string> Rubbish => new()
    {
        { "", "FileEmpty" },
        { "\n\n", "FileEmpty" },
        { "a,b\n", "FileNoRows" },
        { "a,b\n1,2,3\n", "FileRowTooWide" },
        { "a,b\n1," + new string('x', 1_000_000) + "\n", "FileCellTooLong" },
        { string.Join(',', Enumerable.Repeat("a", 200)) + "\n1\n", "FileTooWide" },
        { "a,b\n1,\"2 \"x\n", "FileBrokenQuotes" },
        { "PK\u0003\u0004 no package", "FileUnreadable" },
        { "a\0b,c\n1,2\n", "FileEncoding" },
    };

    [Theory, MemberData(nameof(Rubbish))]
    public void Rubbish_is_refused_and_named(string text, string code)
    {
        var read = SheetFile.Read(Encoding.UTF8.GetBytes(text));

        Assert.Equal(code, Assert.Single(read.Refusals).Code);
    }

    [Fact]
    public void Bytes_of_no_encoding_and_the_old_format_are_refused()
    {
        Assert.Equal("FileEncoding", Assert.Single(SheetFile.Read([0x61, 0x2C, 0xFF, 0xFF, 0x0A, 0x80, 0xFF, 0x0A]).Refusals).Code);
        Assert.Equal("FileOldExcel", Assert.Single(SheetFile.Read([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1]).Refusals).Code);
    }

    [Fact]
    public void A_package_that_unpacks_without_end_is_refused_before_it_is_read()
    {
        using var file = new MemoryStream();
        using (var package = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            package.CreateEntry("xl/workbook.xml");
            using var sheet = package.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open();
            var zeros = new byte[1024 * 1024];
            for (var megabytes = 0; megabytes < 520; megabytes++) sheet.Write(zeros);
        }

        Assert.True(file.Length < SheetFile.MostBytes);
        Assert.Equal("FileUnpacksTooLarge", Assert.Single(SheetFile.Read(file.ToArray()).Refusals).Code);
    }

    [Fact]
    public void More_rows_than_one_file_may_have_are_refused()
    {
        var text = new StringBuilder("a\n");
        for (var row = 0; row <= SheetFile.MostRows; row++) text.Append("1\n");

        Assert.Equal("FileTooLong", Assert.Single(SheetFile.Read(Encoding.UTF8.GetBytes(text.ToString())).Refusals).Code);
    }

    [Fact]
    public void A_long_number_that_a_spreadsheet_rounded_is_shown_as_what_it_is()
    {
        using var file = new MemoryStream();
        MiniExcelLibs.MiniExcel.SaveAs(file, new[] { new { number = 330521199001011234d, plain = 42d } });

        var row = Assert.Single(SheetFile.Read(file.ToArray()).Value.Rows);

        Assert.Equal("3.30521E+17", row.C[0]);
        Assert.Equal("42", row.C[1]);
    }
}
