using System.Net.Http.Json;
using Anlan.Tests.Welding.Machines;
using Anlan.Welding.Machines;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using ZXing;
using ZXing.Common;

namespace Anlan.Tests.Welding.Labels;

/// <summary>A sheet of labels, read as a phone's camera and a person read it: by a QR reader that is not ours, from what the PDF draws.</summary>
public sealed class PrintLabelsTests : IAsyncLifetime
{
    private MachinesHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await MachinesHost.StartAsync("https://anlan.test");
        var works = _host.Neighbours.AnEnterprise("清溪机械厂");
        for (var number = 1; number <= 11; number++) await _host.AMachineAsync(works, $"WJ-{number:0000}");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Every_label_of_the_sheets_is_read_back_to_its_machines_page_code_and_hotline()
    {
        using var pdf = PdfDocument.Open(await _host.Bureau.GetByteArrayAsync("labels"));

        var read = pdf.GetPages().SelectMany(Codes).ToList();

        Assert.Equal(2, pdf.NumberOfPages);
        Assert.Equal(Enumerable.Range(1, 11).Select(number => $"https://anlan.test/w/WJ-{number:0000}"), read.Order(StringComparer.Ordinal));
        var text = string.Concat(pdf.GetPages().Select(page => page.Text));
        Assert.All(Enumerable.Range(1, 11), number => Assert.Contains($"WJ-{number:0000}", text, StringComparison.Ordinal));
        Assert.Equal(11, text.Split("12350").Length - 1);
        Assert.Contains("清溪机械厂", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_is_asked_for_within_reach_is_printed_and_nothing_is_told_as_such()
    {
        using var one = PdfDocument.Open(await _host.Bureau.GetByteArrayAsync("labels?search=WJ-0007"));
        await _host.Bureau.PostAsJsonAsync("machines/WJ-0007/scrap", new { reason = "old" });

        var scrapped = await _host.Bureau.GetAsync("labels?search=WJ-0007");
        var foreign = await _host.As("safety-manager", _host.Neighbours.AnEnterprise()).GetAsync("labels");

        Assert.Equal("https://anlan.test/w/WJ-0007", Assert.Single(Codes(one.GetPage(1))));
        Assert.Equal(["LabelsNone"], await MachinesHost.RefusalsAsync(scrapped));
        Assert.Equal(["LabelsNone"], await MachinesHost.RefusalsAsync(foreign));
    }

    // Paints the dark bars of each label's place on a picture of its own and lets the reader look at it.
    private static IEnumerable<string> Codes(Page page)
    {
        const double ofMillimetre = 72 / 25.4;
        const int size = 440;
        var bars = page.Paths.Where(path => path.IsFilled).SelectMany(path => path).Select(subpath => subpath.GetBoundingRectangle()).OfType<PdfRectangle>().ToList();
        var (left, top) = ((210 - (3 * MachineLabel.Width)) / 2, (297 - (3 * MachineLabel.Height)) / 2);
        for (var place = 0; place < 9; place++)
        {
            var x = (left + (place % 3 * MachineLabel.Width) + MachineLabel.CodeLeft) * ofMillimetre;
            var y = page.Height - ((top + (place / 3 * MachineLabel.Height) + MachineLabel.CodeTop) * ofMillimetre);
            var side = MachineLabel.CodeSize * ofMillimetre;
            var picture = Enumerable.Repeat((byte)255, size * size).ToArray();
            var isEmpty = true;
            foreach (var bar in bars.Where(bar => bar.Left >= x - 0.1 && bar.Right <= x + side + 0.1 && bar.Top <= y + 0.1 && bar.Bottom >= y - side - 0.1))
            {
                isEmpty = false;
                for (var row = Pixel(y - bar.Top); row < Pixel(y - bar.Bottom); row++) picture.AsSpan((row * size) + Pixel(bar.Left - x), Pixel(bar.Right - x) - Pixel(bar.Left - x)).Clear();
            }

            if (isEmpty) continue;
            var reader = new BarcodeReaderGeneric { Options = new DecodingOptions { PossibleFormats = [BarcodeFormat.QR_CODE], TryHarder = true } };
            yield return reader.Decode(new RGBLuminanceSource(picture, size, size, RGBLuminanceSource.BitmapFormat.Gray8))?.Text ?? "unreadable";

            int Pixel(double points) => Math.Clamp((int)Math.Round(points / side * size), 0, size);
        }
    }
}
