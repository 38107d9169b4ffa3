using System.Globalization;
using Anlan.Kernel.Ids;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Cameras.Registry;

/// <summary>Enters a camera at a space.</summary>
internal sealed class RegisterCamera(CamerasDb db, CameraIndex index, CameraFields fields, PersonalFields seals, TimeProvider clock)
{
    private const int MostTries = 3;

    internal sealed record Request : CameraDeclaration
    {
        /// <summary>Its number, 3 to 32 letters, digits and dashes; left out: the next free one.</summary>
        public string? Code { get; init; }
    }

    public sealed record Registered(Guid Id, string Code);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/cameras", (Request request, RegisterCamera slice, CancellationToken stop) => slice.RunAsync(request, stop).ToHttpAsync())
            .RequirePermission(CamerasPermissions.Manage).Produces<Registered>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Cameras").WithSummary("Enter a camera; its address is never answered again");

    /// <summary>Refused by field as <see cref="CameraFields"/> does, and with <c>CameraCodeInvalid</c>, <c>CodeTaken</c>.</summary>
    public async Task<Outcome<Registered>> RunAsync(Request request, CancellationToken stop)
    {
        var wanted = request.Code?.Trim().ToUpperInvariant() is { Length: > 0 } typed ? typed : null;
        Refusal? codeFault = wanted is null || CodeRule.IsValid(wanted) ? null : Refusal.OfField("code", "CameraCodeInvalid") with { Measured = FactValue.Text(wanted) };
        if (codeFault is null && wanted is not null && index.FindByCode(wanted) is not null) codeFault = Taken(wanted);
        var declared = fields.Read(request, null);
        if (codeFault is not null) return Outcome<Registered>.Refused([codeFault, .. declared.Refusals]);
        if (!declared.IsDone) return Outcome<Registered>.Refused(declared.Refusals);

        for (var attempt = 1; ; attempt++)
        {
            var camera = Make(wanted ?? NextCode(), declared.Value);
            db.Cameras.Add(camera);
            db.Context.Audit("cameras.camera.registered", CameraFacts.SubjectOf(camera.Id.Value), new { camera.Code, space = camera.Space.Value, address = camera.AddressShown });
            if (await db.Context.TrySaveAsync(stop)) return new Registered(camera.Id.Value, camera.Code);
            // Somebody took the number meanwhile.
            if (wanted is not null || attempt == MostTries) return Taken(camera.Code);
            db.Context.ChangeTracker.Clear();
        }
    }

    private Camera Make(string code, DeclaredCamera declared)
    {
        var camera = new Camera
        {
            Id = TypedId.New<CameraId>(),
            Code = code,
            Name = declared.Name,
            Space = declared.Space.Id,
            Enterprise = declared.Space.Enterprise,
            Division = declared.Space.Division,
            Address = [],
            AddressShown = declared.Address!.Display,
            Hours = declared.Hours,
            SignText = declared.SignText,
            RegisteredAt = clock.GetUtcNow(),
        };
        camera.Address = Camera.Sealing.Seal(seals, camera, "address", declared.Address.Written);
        return camera;
    }

    private string NextCode()
    {
        for (var number = index.All.Count() + 1; ; number++)
        {
            var code = string.Create(CultureInfo.InvariantCulture, $"CAM-{number:0000}");
            if (index.FindByCode(code) is null) return code;
        }
    }

    private static Refusal Taken(string code) => Refusal.OfField("code", "CodeTaken") with { Measured = FactValue.Text(code) };
}

/// <summary>Which numbers a camera may have.</summary>
internal static class CodeRule
{
    public static bool IsValid(string code) => code.Length is >= 3 and <= 32 && code.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
