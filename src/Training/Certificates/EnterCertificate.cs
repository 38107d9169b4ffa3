using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Training.Certificates;

/// <summary>Enters a person's operator certificate.</summary>
internal sealed class EnterCertificate(TrainingDb db, CertificateDesk desk, CertificateSeal seal, IPeople people, CurrentScope scope)
{
    /// <param name="Person">The holder.</param>
    /// <param name="Number">As on the card.</param>
    /// <param name="Category">Category code, for example <c>welding</c>.</param>
    /// <param name="SubItem">Sub-item code, for example <c>fusion</c>.</param>
    /// <param name="IssuedOn">First day.</param>
    /// <param name="ReviewDueOn">Day by which the next review is due; worked out when left out.</param>
    /// <param name="ReviewedOn">Day of the last passed review.</param>
    /// <param name="ExpiresOn">Last day.</param>
    /// <param name="Authority">Who issued it.</param>
    public sealed record Request(
        Guid Person, string? Number, string? Category, string? SubItem, DateOnly? IssuedOn, DateOnly? ReviewDueOn, DateOnly? ReviewedOn, DateOnly? ExpiresOn, string? Authority)
    {
        public CertificateForm Form => new(Number, Category, SubItem, IssuedOn, ReviewDueOn, ReviewedOn, ExpiresOn, Authority);
    }

    public sealed record Entered(Guid Id);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/certificates", (Request request, EnterCertificate slice, CancellationToken stop) => slice.RunAsync(request, stop).ToHttpAsync())
            .RequirePermission(TrainingPermissions.Edit).Produces<Entered>().Scoped(ScopedBy.Records).WithTags("Training").WithSummary("Enter an operator certificate");

    public async Task<Outcome<Entered>> RunAsync(Request request, CancellationToken stop)
    {
        var person = new PersonId(request.Person);
        if (!people.IsWithin(person, scope.Now)) return Refusal.OfField("person", "PersonUnknown");
        var read = request.Form.Read(desk.Today, desk.Rules);
        if (!read.IsDone) return Outcome<Entered>.Refused(read.Refusals);
        var fields = read.Value;
        if (await desk.CheckHolderAsync(fields.Number!, person, stop) is { } wrong) return wrong;
        if (desk.IsEntered(fields.Number!, fields.Category!, fields.SubItem!)) return Known;

        var id = Guid.CreateVersion7();
        var certificate = new Certificate
        {
            Id = id,
            Person = person,
            Number = seal.Seal(id, fields.Number!),
            NumberIndex = seal.IndexOf(fields.Number!),
            Category = fields.Category!,
            SubItem = fields.SubItem!,
            EnteredAt = desk.Now,
        };
        desk.Write(certificate, fields);
        desk.TellIfWithdrawn(certificate, carriedWork: false, certificate.Category, certificate.SubItem, "entered");
        db.Certificates.Add(certificate);
        desk.Record(certificate, ChangeKind.Entered, CertificateDesk.Differences(null, fields));
        return await db.Context.TrySaveAsync(stop) ? new Entered(id) : Known;
    }

    internal static Refusal Known => Refusal.OfField("number", "CertificateEnteredAlready");
}
