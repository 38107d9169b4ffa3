using System.Security.Cryptography;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Ids;
using Anlan.Kernel.Log;
using Anlan.Kernel.Scopes;
using Anlan.Toolkit.Security;

namespace Anlan.Enterprises.People;

/// <summary>Seals personal fields before they reach a table and opens them again; the only place that does.</summary>
internal sealed class PersonSeal(PersonalFields fields)
{
    /// <summary>A new person with sealed fields; whoever entered them finds them again before they are bound to anybody.</summary>
    public Person Make(PersonFields plain, Scope enteredIn, DateTimeOffset at)
    {
        var id = TypedId.New<PersonId>();
        return new Person
        {
            Id = id,
            Name = SealName(id, plain.Name),
            IdentityNumber = fields.Encrypt(plain.IdentityNumber, Owner(id, "identity")),
            Phone = SealPhone(id, plain.Phone),
            Salt = fields.Encrypt(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Commitment.SaltLength)), Owner(id, "salt")),
            IdentityIndex = IdentityIndexOf(plain.IdentityNumber),
            NameIndex = NameIndexOf(plain.Name),
            EnteredFor = enteredIn.Enterprise is { } enterprise ? new EnterpriseId(enterprise) : null,
            EnteredBy = enteredIn.Organ is { } organ ? new OrganId(organ) : null,
            RegisteredAt = at,
        };
    }

    public byte[] SealName(PersonId id, string name) => fields.Encrypt(name, Owner(id, "name"));

    public byte[]? SealPhone(PersonId id, string? phone) => phone is null ? null : fields.Encrypt(phone, Owner(id, "phone"));

    /// <summary>The plain fields.</summary>
    public PersonFields Open(Person person) => new(
        fields.Decrypt(person.Name, Owner(person.Id, "name")), fields.Decrypt(person.IdentityNumber, Owner(person.Id, "identity")),
        person.Phone is null ? null : fields.Decrypt(person.Phone, Owner(person.Id, "phone")));

    /// <summary>A name that was corrected.</summary>
    public string OpenFormer(FormerName former) => FormerName.Sealing.Open(fields, former, "name");

    /// <summary>The commitment that log entries carry: over identity number, then name.</summary>
    public string CommitmentOf(Person person)
    {
        var plain = Open(person);
        return Commitment.Over(Convert.FromHexString(fields.Decrypt(person.Salt, Owner(person.Id, "salt"))), plain.IdentityNumber, plain.Name);
    }

    public string IdentityIndexOf(string identityNumber) => Person.Sealing.IndexOf(fields, nameof(Person.IdentityIndex), identityNumber);

    /// <summary>What to look for: rows that a rotation of keys has not reached yet have an older index.</summary>
    public IReadOnlyList<string> IdentityIndexesOf(string identityNumber) => Person.Sealing.IndexesOf(fields, nameof(Person.IdentityIndex), identityNumber);

    public string NameIndexOf(string name) => Person.Sealing.IndexOf(fields, nameof(Person.NameIndex), name);

    /// <summary>What to look for, like <see cref="IdentityIndexesOf"/>.</summary>
    public IReadOnlyList<string> NameIndexesOf(string name) => Person.Sealing.IndexesOf(fields, nameof(Person.NameIndex), name);

    private static string Owner(PersonId person, string column) => $"{Person.OwnerOf(person)}/{column}";
}
