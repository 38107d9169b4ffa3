using System.Text.Json;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Log;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Evidence;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Personal;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Welding.Evidence;

/// <summary>A decision, or another entry about a machine, as the log holds it, with the proof that it does.</summary>
internal sealed class ShowDecision(ReadDecision read, ProveEntry prove, MachineIndex machines, PeopleSeen seen, IPeople people, IEnterprises enterprises)
{
    /// <param name="Size">Entries that the head covers.</param>
    /// <param name="Root">Root over them, hexadecimal.</param>
    /// <param name="At">When it was signed.</param>
    /// <param name="Key">Id of the key.</param>
    public sealed record Head(long Size, string Root, DateTimeOffset At, string Key);

    /// <param name="Last">The last signed head.</param>
    /// <param name="Inclusion">Path from the entry to its root, hexadecimal.</param>
    /// <param name="Previous">The head before, or null.</param>
    /// <param name="Consistency">Path from the head before to the last one, hexadecimal.</param>
    public sealed record Proof(Head Last, IReadOnlyList<string> Inclusion, Head? Previous, IReadOnlyList<string> Consistency);

    /// <param name="Position">Position in the log, from 1.</param>
    /// <param name="At">When it was decided or received.</param>
    /// <param name="Kind">Its kind.</param>
    /// <param name="Subject">What it is about.</param>
    /// <param name="Machine">Code of the machine.</param>
    /// <param name="PersonName">Masked name of the welder, or null.</param>
    /// <param name="EnterpriseName">The enterprise that the decision names, or null.</param>
    /// <param name="Verdict"><c>granted</c> or <c>refused</c>; null for what is no decision.</param>
    /// <param name="Refusals">Why not; empty unless refused.</param>
    /// <param name="Body">The body.</param>
    /// <param name="Bytes">The bytes of the entry.</param>
    /// <param name="Leaf">Its leaf hash, hexadecimal.</param>
    /// <param name="Proof">The proof, checked before it is shown; null when no head can be signed.</param>
    public sealed record Shown(
        long Position, DateTimeOffset At, string Kind, string Subject, string? Machine, string? PersonName, string? EnterpriseName, string? Verdict, IReadOnlyList<Refusal> Refusals, JsonElement Body, byte[] Bytes,
        string Leaf, Proof? Proof);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/decisions/{position:long}", (long position, ShowDecision slice, CancellationToken stop) => slice.RunAsync(position, stop).ToHttpAsync())
            .RequirePermission(WeldingPermissions.View).Produces<Shown>().ProducesProblem(StatusCodes.Status404NotFound).Scoped(ScopedBy.Records).ShowsPeople().WithTags("Welding").WithSummary("A decision as the log holds it, with the proof of its place in the log");

    public async Task<Outcome<Shown>> RunAsync(long position, CancellationToken stop)
    {
        var found = await read.RunAsync(position, stop);
        if (!found.IsDone) return Outcome<Shown>.Refused(found.Refusals);
        var (entry, bytes, body, machine) = found.Value;
        var evidence = await prove.RunAsync(position, bytes, stop);
        var person = ReadDecision.IdIn(body, "person");
        if (person is { } shown) seen.Add(WelderViews.Decision, shown);
        var refusals = body.TryGetProperty("refusals", out var reasons) ? reasons.Deserialize<List<Refusal>>(ReasonJson) ?? [] : [];
        var verdict = entry.Kind != Interlock.InterlockLog.Decision.Name ? null : body.TryGetProperty("grant", out _) ? "granted" : "refused";
        return new Shown(
            position, entry.At, entry.Kind, entry.Subject, machines.Find(machine)?.Code, person is { } p ? people.Find(new PersonId(p))?.MaskedName : null,
            ReadDecision.IdIn(body, "enterprise") is { } e ? enterprises.Find(new EnterpriseId(e))?.Name : null, verdict, refusals, body, bytes, Convert.ToHexStringLower(LogEntry.LeafHash(bytes)),
            evidence.IsDone ? ProofOf(evidence.Value) : null);
    }

    private static readonly JsonSerializerOptions ReasonJson = new(JsonSerializerDefaults.Web) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };

    private static Proof ProofOf(EvidenceFile evidence) => new(
        HeadOf(evidence.Head.Head), [.. evidence.Inclusion.Select(Convert.ToHexStringLower)], evidence.Previous is { } before ? HeadOf(before.Head) : null, [.. evidence.Consistency.Select(Convert.ToHexStringLower)]);

    private static Head HeadOf(TreeHead head) => new(head.Size, Convert.ToHexStringLower(head.Root), head.At, head.Key);
}
