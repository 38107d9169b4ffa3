using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Security;

namespace Anlan.Host.Privacy.Keys;

/// <summary>The keys of personal fields, and how much lies under each; counted each time, because a key is destroyed on the strength of it.</summary>
internal sealed class ListKeys(AnlanDb db, KeyRing ring)
{
    /// <param name="Id">Eight hexadecimal digits.</param>
    /// <param name="MadeAt">When it was made.</param>
    /// <param name="Seals">True for the one that seals now.</param>
    /// <param name="Values">Sealed values and blind indexes under it.</param>
    /// <param name="Tables">The same by table; tables without any are left out.</param>
    public sealed record Row(string Id, DateTimeOffset MadeAt, bool Seals, long Values, IReadOnlyList<SealedRows.Held> Tables);

    /// <param name="Keys">The newest first.</param>
    /// <param name="Done">Share of values under the newest key, in percent, rounded down.</param>
    public sealed record Listed(IReadOnlyList<Row> Keys, int Done);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/personal-keys", (ListKeys slice, CancellationToken stop) => slice.RunAsync(stop))
            .RequirePermission(PrivacyPermissions.ViewKeys).Scoped(ScopedBy.Installation).WithTags("Privacy").WithSummary("Keys of personal fields and how much lies under each");

    public async Task<Listed> RunAsync(CancellationToken stop)
    {
        List<Row> rows = [];
        foreach (var key in ring.All)
        {
            var held = await SealedRows.CountAsync(db, key, stop);
            rows.Add(new Row(key.Id, key.MadeAt, rows.Count == 0, held.Sum(table => table.Values), [.. held.Where(table => table.Values > 0)]));
        }

        var all = rows.Sum(row => row.Values);
        return new Listed(rows, all == 0 ? 100 : (int)(rows[0].Values * 100 / all));
    }
}
