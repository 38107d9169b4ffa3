using Anlan.Accounts.Registry;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Personal;

namespace Anlan.Accounts.Invitations;

/// <summary>Shows the inviter, masked, whom within scope a certificate number belongs to, before a code is printed for the wrong person.</summary>
internal sealed class LookUpHolder(IQualifications qualifications, IPeople people, AccountIndex index, CurrentScope scope, PeopleSeen seen)
{
    /// <param name="Name">Masked.</param>
    /// <param name="UserName">Of the account that the person already has.</param>
    public sealed record Holder(string Name, string? UserName);

    public Holder? Run(Guid? person, string? certificateNumber)
    {
        var id = person is { } known ? new PersonId(known) : string.IsNullOrWhiteSpace(certificateNumber) ? null : qualifications.FindHolder(certificateNumber.Trim());
        if (id is not { } holder || !people.IsWithin(holder, scope.Now) || people.Find(holder) is not { } facts) return null;
        seen.Add(AccountViews.Holder, holder.Value);
        return new Holder(facts.MaskedName, index.FindByPerson(holder)?.UserName);
    }
}
