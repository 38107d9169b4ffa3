using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Import;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Imports;

/// <summary>One's own imports, the newest first.</summary>
internal sealed class ListImports(OwnRun own)
{
    public sealed record Row(Guid Id, string Kind, string FileName, ImportState State, int Rows, int Done, int Created, int Updated, int Same, int Refused, string? Code, DateTimeOffset UploadedAt, DateTimeOffset ChangedAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/imports", (string? search, ListImports slice, CancellationToken stop, int page = 1, int size = 20) => slice.RunAsync(new PageRequest(page, size, search), stop))
            .RequirePermission(ImportsPermissions.Run).Scoped(ScopedBy.Records).WithTags("Imports").WithSummary("List one's own imports");

    public async Task<Page<Row>> RunAsync(PageRequest request, CancellationToken stop)
    {
        var runs = own.All;
        if (request.Search?.Trim() is { Length: > 0 } term) runs = runs.Where(r => r.FileName.Contains(term) || r.Kind == term);
        var rows = await runs.OrderByDescending(r => r.Id).Skip(request.Skip).Take(request.Take).ToListAsync(stop);
        return new Page<Row>([.. rows.Select(Of)], await runs.CountAsync(stop));
    }

    internal static Row Of(ImportRun r) => new(r.Id, r.Kind, r.FileName, r.State, r.Rows, r.Done, r.Created, r.Updated, r.Same, r.Refused, r.Code, r.UploadedAt, r.ChangedAt);
}
