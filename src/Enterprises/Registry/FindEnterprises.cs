using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;

namespace Anlan.Enterprises.Registry;

/// <summary>Enterprises within scope for forms: by a part of the name or code, and the name of one.</summary>
internal sealed class FindEnterprises(EnterpriseIndex enterprises, CurrentScope scope)
{
    private const int Most = 20;

    /// <summary>Active ones.</summary>
    public IEnumerable<EnterpriseFacts> Search(string? text) => [.. enterprises.Search(text, Most * 2, scope.Now).Where(found => found.IsActive).Take(Most)];

    public EnterpriseFacts? Find(Guid enterprise) => new EnterpriseId(enterprise) is var id && enterprises.IsWithin(id, scope.Now) ? enterprises.Find(id) : null;
}
