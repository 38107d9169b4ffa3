using System.Net;
using Anlan.Accounts.Credentials;
using Anlan.Accounts.Invitations;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Sessions;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Messages;
using Anlan.Contracts.Training;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Messages;
using Anlan.Toolkit.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Anlan.Accounts.CertificateClaims;

/// <summary>
/// Asks for a welder's account without a slip: certificate number, whole name and the last four of the identity number have to fit. Every mismatch gets the same answer after the same
/// work. The account exists only after somebody of the enterprise has compared the person, the card and the check code.
/// </summary>
internal sealed class ClaimByCertificate(
    AccountsDb db, AccountIndex index, IQualifications qualifications, IPeople people, IContacts contacts, IMessages messages, CredentialBox credentials, PasswordCheck passwords, PersonalFields fields, Turns turns, FailureBrake brake,
    IStringLocalizer<Words> words, CityCalendar calendar)
{
    private const int EndingLength = 4;

    /// <summary>Purpose under which check codes are keyed.</summary>
    public const string CodePurpose = "certificate-claim";

    /// <param name="CertificateNumber">Whole number.</param>
    /// <param name="Name">Whole name as on the card.</param>
    /// <param name="IdentityEnding">Last four characters of the identity number.</param>
    public sealed record Request(string? CertificateNumber, string? Name, string? IdentityEnding, string? UserName, string? Password, string? Pin);

    /// <param name="CheckCode">To be shown to whoever confirms; told this once.</param>
    public sealed record Asked(Guid Id, string CheckCode, DateTimeOffset ExpiresAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/certificate-claims", (Request request, ClaimByCertificate slice, HttpContext http, CancellationToken stop) => slice.RunAsync(request, http.Connection.RemoteIpAddress, stop).ToAnswerAsync())
            .AllowAnonymous().Produces<Asked>().ProducesProblem(StatusCodes.Status409Conflict).Scoped(ScopedBy.Everybody).WithTags("Accounts").WithSummary("Ask for a welder's account with the certificate; somebody of the enterprise has to confirm it");

    public async Task<Outcome<Asked>> RunAsync(Request request, IPAddress? from, CancellationToken stop)
    {
        if (brake.IsOn(from)) return new Refusal("TooManyFailures");
        if (CheckForm(request) is { Count: > 0 } refusals) return Outcome<Asked>.Refused(refusals);

        var holder = qualifications.FindHolder(request.CertificateNumber!.Trim());
        using var turn = await turns.TakeAsync($"certificate-claim/{holder?.Value}", stop);
        var isNamed = people.IsNamed(holder, request.Name);
        var isEnding = await people.HasIdentityEndingAsync(holder, request.IdentityEnding, stop);
        // Hashed also when nothing fits, so that the answer takes as long.
        var (id, code, now) = (Guid.CreateVersion7(), InvitationCode.Make(), calendar.Now);
        var (password, pin) = credentials.Hash(id, request.Password!, request.Pin!.Trim());
        var asking = holder ?? default;
        var others = await db.CertificateClaims.Where(c => c.Person == asking).OrderBy(c => c.AskedAt).ToListAsync(stop);
        if (holder is not { } person || !isNamed || !isEnding) return await FailAsync(from, stop);
        if (index.FindByPerson(person) is not null) return new Refusal("PersonHasAccount");
        if (await credentials.FindByNameAsync(request.UserName!.Trim()) is not null) return Refusal.OfField("userName", "UserNameTaken");

        db.CertificateClaims.RemoveRange(others.Take(others.Count - CertificateClaim.MostOfPerson + 1));
        db.CertificateClaims.Add(new CertificateClaim
        {
            Id = id,
            Person = person,
            UserName = request.UserName!.Trim(),
            PasswordHash = password,
            PinHash = pin,
            CodeHash = InvitationCode.Hash(fields, id, code, CodePurpose),
            AskedAt = now,
            ExpiresAt = now + CertificateClaim.Lifetime,
        });
        db.Context.Audit("accounts.claim.asked", $"person/{person.Value}", new { claim = id });
        // Whoever did not ask learns that somebody else did.
        if (await contacts.FindMobileAsync(person, stop) is { } mobile)
        {
            var text = MessageLanguage.Say(() => words["Message.CertificateClaim", calendar.DateOf(now + CertificateClaim.Lifetime)]);
            messages.SendText(mobile, text, new MessageCause("accounts.claimed", $"certificate-claim/{id}", person.Value, CertificateClaim.Lifetime));
        }

        return await db.Context.TrySaveAsync(stop) ? new Asked(id, code, now + CertificateClaim.Lifetime) : new Refusal("ChangedMeanwhile");
    }

    private List<Refusal> CheckForm(Request request)
    {
        Refusal?[] found =
        [
            string.IsNullOrWhiteSpace(request.CertificateNumber) ? Refusal.OfField("certificateNumber", "CertificateNumberMissing") : null,
            string.IsNullOrWhiteSpace(request.Name) ? Refusal.OfField("name", "WholeNameMissing") : null,
            request.IdentityEnding?.Trim().Length == EndingLength ? null : Refusal.OfField("identityEnding", "IdentityEndingInvalid") with { Limit = FactValue.Count(EndingLength) },
            CredentialRules.CheckUserName(request.UserName),
            passwords.Check(request.Password, request.UserName),
            CredentialRules.CheckPin(request.Pin?.Trim()),
        ];
        return [.. found.OfType<Refusal>()];
    }

    // Every failure writes a row, or the missing write would tell which certificates are known.
    private async Task<Refusal> FailAsync(IPAddress? from, CancellationToken stop)
    {
        brake.Fail(from);
        db.Context.Audit("accounts.claim.failed", "certificateClaim/unknown");
        await db.Context.TrySaveAsync(stop);
        return new Refusal("CertificateClaimMismatch");
    }
}
