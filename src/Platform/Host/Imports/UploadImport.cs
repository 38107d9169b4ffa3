using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Import;
using Microsoft.AspNetCore.Mvc;

namespace Anlan.Host.Imports;

/// <summary>Takes a file in: a file that cannot be read is refused at once, one that can be is kept sealed and its dry run begins.</summary>
internal sealed class UploadImport(OwnForms own, ImportIntake intake, UploadTurn turn)
{
    public sealed record Uploaded(Guid Id, int Rows, IReadOnlyList<string> IgnoredColumns);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/imports/forms/{form}", async (string form, string? name, HttpRequest request, UploadImport slice, CancellationToken stop) =>
                await slice.RunAsync(form, name, await BoundedBody.ReadAsync(request.Body, ImportIntake.MostBytes, stop), stop).ToHttpAsync())
            .RequirePermission(ImportsPermissions.Run).WithMetadata(new RequestSizeLimitAttribute(ImportIntake.MostBytes + 1)).Accepts<byte[]>(SheetWriter.XlsxType, "text/csv").Produces<Uploaded>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Own).WithTags("Imports").WithSummary("Upload a file (.xlsx or .csv) of one kind; its dry run begins, nothing is written yet");

    /// <param name="key">Key of the form.</param>
    /// <param name="name">Name of the file, or null.</param>
    /// <param name="file">Its bytes; null = too many.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<Outcome<Uploaded>> RunAsync(string key, string? name, byte[]? file, CancellationToken stop)
    {
        if (own.Find(key) is not { } form) return new Refusal("ImportFormUnknown");
        if (file is null) return Refusal.OfField("file", "ImportFileTooLarge") with { Limit = FactValue.Count(ImportIntake.MostBytes / 1024 / 1024) };
        var taken = await turn.TakeAsync(() => intake.TakeAsync(form, name, file, stop), stop);
        return taken.IsDone ? new Uploaded(taken.Value.Run.Id, taken.Value.Run.Rows, taken.Value.Ignored) : Outcome<Uploaded>.Refused(taken.Refusals);
    }
}
