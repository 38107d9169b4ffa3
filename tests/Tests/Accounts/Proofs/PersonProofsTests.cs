using Anlan.Accounts.Proofs;
using Anlan.Accounts.Registry;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Data;
using Microsoft.AspNetCore.DataProtection;

namespace Anlan.Tests.Accounts.Proofs;

public sealed class PersonProofsTests
{
    private static readonly DateTimeOffset Noon = new(2040, 3, 5, 12, 0, 0, TimeSpan.Zero);
    private readonly IDataProtectionProvider _keys = new EphemeralDataProtectionProvider();
    private readonly AccountIndex _index = new();
    private readonly Account _welder = new() { Id = Guid.CreateVersion7(), UserName = "welder", Role = RoleNames.Welder, Person = new PersonId(Guid.CreateVersion7()), SecurityStamp = "s1" };

    public PersonProofsTests() => Commit(_welder);

    private PersonProof Proof => new(_welder.Id, _welder.Person!.Value, Noon, "pin");

    private PersonProofs Proofs => new(_keys, _index);

    private void Commit(Account account) => ((IEntityIndex)_index).Apply(account, isDeleted: false);

    [Fact]
    public void A_proof_is_read_back_with_its_time_whatever_its_age()
    {
        var token = Proofs.Seal(Proof, "s1");

        Assert.Equal(Proof, Proofs.Read(token, _welder.Id));
    }

    [Fact]
    public void A_proof_of_another_account_is_none()
    {
        var other = new Account { Id = Guid.CreateVersion7(), UserName = "other", Role = RoleNames.Welder, Person = new PersonId(Guid.CreateVersion7()), SecurityStamp = "s1" };
        Commit(other);

        Assert.Null(Proofs.Read(Proofs.Seal(Proof, "s1"), other.Id));
    }

    [Fact]
    public void A_proof_from_before_the_account_changed_is_none()
    {
        var token = Proofs.Seal(Proof, "s1");
        _welder.SecurityStamp = "s2";
        Commit(_welder);

        Assert.Null(Proofs.Read(token, _welder.Id));
    }

    [Fact]
    public void A_proof_of_a_disabled_account_is_none()
    {
        var token = Proofs.Seal(Proof, "s1");
        _welder.IsDisabled = true;
        Commit(_welder);

        Assert.Null(Proofs.Read(token, _welder.Id));
    }

    [Fact]
    public void A_proof_of_another_installation_is_none()
    {
        var foreign = new PersonProofs(new EphemeralDataProtectionProvider(), _index).Seal(Proof, "s1");

        Assert.Null(Proofs.Read(foreign, _welder.Id));
    }

    [Fact]
    public void Something_else_that_the_server_sealed_is_none()
    {
        var cookieLike = System.Buffers.Text.Base64Url.EncodeToString(_keys.CreateProtector("another purpose").Protect(new byte[80]));

        Assert.Null(Proofs.Read(cookieLike, _welder.Id));
    }

    [Fact]
    public void Any_changed_character_makes_it_worthless()
    {
        var token = Proofs.Seal(Proof, "s1");

        for (var at = 0; at < token.Length - 1; at++)
        {
            var forged = token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..];
            Assert.Null(Proofs.Read(forged, _welder.Id));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("not base64url!")]
    [InlineData("AAAA")]
    public void Garbage_is_no_proof(string? token) => Assert.Null(Proofs.Read(token, _welder.Id));

    [Fact]
    public void A_token_of_a_megabyte_is_not_even_decoded() => Assert.Null(Proofs.Read(new string('A', 1_000_000), _welder.Id));
}
