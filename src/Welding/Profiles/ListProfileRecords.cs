using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Welding.Profiles;

/// <summary>The records behind a dimension of a profile, or behind one deduction of it.</summary>
internal sealed class ListProfileRecords(FindSubject find, ProfileRecords records, MachineIndex machines, IPeople people, PeopleSeen seen)
{
    public static void Map(IEndpointRouteBuilder api)
    {
        Describe(api.MapGet("/enterprises/{enterprise:guid}/profile/records", (Guid enterprise, string? finding, ListProfileRecords slice, CancellationToken stop, string dimension = Dimensions.Machines, int page = 1, int size = 20) => slice.RunAsync(ProfileSubject.Enterprise, enterprise, dimension, finding, new PageRequest(page, size), stop).ToHttpAsync()));
        Describe(api.MapGet("/people/{person:guid}/profile/records", (Guid person, string? finding, ListProfileRecords slice, CancellationToken stop, string dimension = Dimensions.Certificates, int page = 1, int size = 20) => slice.RunAsync(ProfileSubject.Welder, person, dimension, finding, new PageRequest(page, size), stop).ToHttpAsync()));
        Describe(api.MapGet("/machines/{code}/profile/records", (string code, string? finding, ListProfileRecords slice, FindSubject subjects, CancellationToken stop, string dimension = Dimensions.Machines, int page = 1, int size = 20) => slice.RunAsync(ProfileSubject.Machine, subjects.MachineOf(code), dimension, finding, new PageRequest(page, size), stop).ToHttpAsync()));
    }

    private static void Describe(RouteHandlerBuilder route) =>
        route.RequirePermission(WeldingPermissions.View).Produces<Page<ProfileRow>>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).ShowsPeople().WithTags("Profiles").WithSummary("The records behind a dimension of a profile, or behind one deduction");

    public async Task<Outcome<Page<ProfileRow>>> RunAsync(ProfileSubject subject, Guid id, string dimension, string? finding, PageRequest request, CancellationToken stop)
    {
        if (find.Find(subject, id) is null) return new Refusal("ProfileUnknown");
        var (found, total) = await records.ReadAsync(subject, id, dimension, finding, request.Skip, request.Take, stop);
        seen.Add(WelderViews.Profile, found.Select(record => record.Person?.Value).OfType<Guid>());
        return new Page<ProfileRow>([.. found.Select(Read)], total);
    }

    /// <summary>A record as lists and files show it.</summary>
    public ProfileRow Read(ProfileRecord record) => new(
        record.Kind, record.Machine is { } machine ? machines.Find(machine)?.Code : null, record.Person?.Value, record.Person is { } person ? people.Find(person)?.MaskedName : null,
        record.Id, record.Position, record.At, record.Until, record.Findings);
}
