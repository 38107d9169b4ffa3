using System.Security.Cryptography;
using System.Text;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Enterprises.People;

/// <summary>
/// Compares what a stranger says of a person with what is known. For nobody it does the same work as for somebody: whoever guesses learns nothing from the
/// time that an answer takes.
/// </summary>
internal sealed class PersonCheck(PersonIndex people, PersonSeal seal, IServiceScopeFactory scopes)
{
    private static readonly PersonId Nobody = new(Guid.Empty);
    private static readonly byte[] NoIndex = new byte[PersonalFields.IndexLength];

    public bool IsNamed(PersonId? person, string? name)
    {
        var known = person is { } id && people.Find(id) is { } entry ? Encoding.ASCII.GetBytes(entry.NameIndex) : NoIndex;
        var isSame = false;
        foreach (var index in seal.NameIndexesOf(name ?? "")) isSame |= CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(index), known);
        return isSame;
    }

    public async Task<bool> HasIdentityEndingAsync(PersonId? person, string? ending, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var id = person ?? Nobody;
        var found = await scope.ServiceProvider.GetRequiredService<EnterprisesDb>().People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, stop);
        return found is not null && ending is { Length: > 0 } && seal.Open(found).IdentityNumber.EndsWith(ending.Trim(), StringComparison.OrdinalIgnoreCase);
    }
}
