using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Evidence;
using Anlan.Toolkit.Http;

namespace Anlan.Host.Operations.Evidence;

/// <summary>Takes in a signed head of another organ's log, as its witness. Its signature is the only credential: nobody else can say anything here.</summary>
internal sealed class TakeInHead(PeerHeads heads)
{
    private const int Largest = 65_536;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/evidence/peer-heads", async (HttpRequest request, TakeInHead slice, CancellationToken stop) =>
                await BoundedBody.ReadAsync(request.Body, Largest, stop) is { } body
                    ? await slice.RunAsync(body, request.Headers[HeadSubmission.SignatureHeader].ToString(), stop).ToHttpAsync()
                    : OutcomeResults.ToProblem([Refusal.OfField("head", "HeadUnreadable")]))
            .AllowAnonymous().Accepts<HeadSubmission>("application/json").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .Scoped(ScopedBy.Installation).WithTags("Evidence").WithSummary("Hand in a signed head of another installation's log with the proof that it only grew; the header Anlan-Signature signs the body");

    public Task<Outcome> RunAsync(byte[] body, string signature, CancellationToken stop)
    {
        var bytes = new byte[256];
        return Convert.TryFromBase64String(signature, bytes, out var length) && length > 0
            ? heads.TakeInAsync(body, bytes[..length], stop)
            : Task.FromResult(Outcome.Refused(Refusal.OfField("signature", "HeadSignatureWrong")));
    }
}
