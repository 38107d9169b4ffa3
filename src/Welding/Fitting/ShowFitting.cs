using System.Text.Json;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Http;
using Anlan.Welding.Machines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Welding.Fitting;

/// <summary>How far the fitting of a machine has come, with every step.</summary>
internal sealed class ShowFitting(WeldingDb db, FindMachine find, Attachments files)
{
    private const int Most = 100;

    /// <param name="State">State of the fitting.</param>
    /// <param name="Chip">Serial of the fitted chip, or null.</param>
    /// <param name="PlannedOn">The agreed day, while it is scheduled.</param>
    /// <param name="Photos">Photos of the fitted chip.</param>
    /// <param name="CanUndo">True when the last step can be taken back.</param>
    /// <param name="Steps">Newest first, at most a hundred.</param>
    public sealed record Fitting(FittingState State, string? Chip, DateOnly? PlannedOn, int Photos, bool CanUndo, IReadOnlyList<FittingStepRow> Steps);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/machines/{code}/fitting", (string code, ShowFitting slice, CancellationToken stop) => slice.RunAsync(code, stop).ToHttpAsync())
            .RequirePermission(WeldingPermissions.View).Produces<Fitting>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).WithTags("Fitting").WithSummary("How far the fitting of a machine's chip has come");

    public async Task<Outcome<Fitting>> RunAsync(string code, CancellationToken stop)
    {
        if (find.Facts(code) is not { } machine) return FindMachine.Unknown(code);
        var steps = await db.FittingSteps.AsNoTracking().Where(s => s.Machine == machine.Id).OrderByDescending(s => s.Id).Take(Most).ToListAsync(stop);
        var photos = (await files.ListAsync(MachineFiles.Kind, machine.Id.Value, stop)).Count(file => file.WithdrawnAt is null && file.Part == MachineFiles.Chip);
        var last = steps.Find(step => step.UndoneAt is null);
        return new Fitting(machine.Fitting, machine.Chip, machine.PlannedOn, photos, last is not null && FittingRule.CanBeUndone(last.Act) && last.To == machine.Fitting, [.. steps.Select(StepOf)]);
    }

    private static FittingStepRow StepOf(FittingStep s) => new(
        s.Act, s.To, s.Chip, s.At, s.By, s.Note, s.PlannedOn, s.Result is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<SelfTestReading>>(s.Result, JsonSerializerOptions.Web)!, s.UndoneAt, s.UndoneBy);
}
