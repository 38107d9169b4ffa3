using Anlan.Toolkit.Log;

namespace Anlan.Tests.Platform.Toolkit.Log;

/// <summary>What a projection wrote is not read again, unless its transaction failed.</summary>
public sealed class ProjectedRowsTests
{
    private readonly ProjectedRows<int, string> _rows = new(most: 10);
    private readonly List<int> _read = [];

    [Fact]
    public async Task Rows_that_were_saved_are_not_read_again()
    {
        await TakeAsync(1, 2);
        _rows.Keep(1, "new");
        _rows.Saved();

        var rows = await TakeAsync(1, 2, 2);

        Assert.Equal("new", rows[1]);
        Assert.Equal([1, 2, 2], _read);
    }

    [Fact]
    public async Task Rows_of_a_transaction_that_failed_are_read_from_the_table()
    {
        await TakeAsync(1);
        _rows.Keep(1, "never written");

        var rows = await TakeAsync(1);

        Assert.Equal("table 1", rows[1]);
        Assert.Equal([1, 1], _read);
    }

    [Fact]
    public async Task A_row_that_is_forgotten_or_one_too_many_is_read_again()
    {
        await TakeAsync(1);
        for (var key = 1; key <= 11; key++) _rows.Keep(key, "kept");
        _rows.Saved();
        _rows.Forget(1);
        Assert.Equal("kept", (await TakeAsync(2))[2]);
        _rows.Saved();
        _rows.Keep(12, "kept");

        Assert.Equal("table 2", (await TakeAsync(2))[2]);
    }

    private async Task<Dictionary<int, string>> TakeAsync(params int[] keys) => await _rows.TakeAsync(keys, missing =>
    {
        _read.AddRange(missing);
        return Task.FromResult(missing.ToDictionary(key => key, key => $"table {key}"));
    });
}
