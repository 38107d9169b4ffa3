using Anlan.Accounts.Organs;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Roles;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Modules;
using Microsoft.Extensions.Localization;

namespace Anlan.Accounts.Audit;

/// <summary>
/// Says what was done and to what in the words of the modules that record it. Natural persons are named by the end of their id only: whoever watches the
/// others needs nobody's name.
/// </summary>
internal sealed class AuditWords(IStringLocalizerFactory localizers, ModuleList modules, AccountIndex accounts, OrganIndex organs, RoleBook roles, IEnterprises enterprises, IStringLocalizer<Words> own)
{
    private const string Prefix = "Action.";
    private const int Tail = 8;

    private IEnumerable<IStringLocalizer> All => modules.Assemblies.Select(assembly => assembly.GetType(assembly.GetName().Name + ".Words")).OfType<Type>().Select(localizers.Create);

    /// <summary>What was done; its code when no module has words for it.</summary>
    public string Action(string action) => All.Select(words => words[Prefix + action]).FirstOrDefault(found => !found.ResourceNotFound)?.Value ?? action;

    /// <summary>The actions whose words or code contain a text.</summary>
    public IReadOnlyList<string> Find(string text) =>
        [.. All.SelectMany(words => words.GetAllStrings(includeParentCultures: true)).Where(word => word.Name.StartsWith(Prefix, StringComparison.Ordinal))
            .Where(word => word.Value.Contains(text, StringComparison.OrdinalIgnoreCase) || word.Name.AsSpan(Prefix.Length).Contains(text, StringComparison.OrdinalIgnoreCase)).Select(word => word.Name[Prefix.Length..]).Distinct()];

    /// <summary>To what it was done.</summary>
    public string Subject(string subject)
    {
        var parts = subject.Split('/', 2);
        var kind = own["Subject." + parts[0]] is { ResourceNotFound: false } word ? word.Value : parts[0];
        return parts.Length == 1 ? kind : $"{kind} {NameOf(parts[0], parts[1])}";
    }

    /// <summary>Who did it.</summary>
    public string Who(Guid account) => account == Guid.Empty ? own["Audit.Platform"].Value : accounts.Find(account)?.UserName ?? End(account.ToString());

    private string NameOf(string kind, string id) => (kind, Guid.TryParse(id, out var guid)) switch
    {
        ("account", true) => Who(guid),
        ("organ", true) when organs.Find(new OrganId(guid)) is { } organ => organ.Say(),
        ("enterprise", true) when enterprises.Find(new EnterpriseId(guid)) is { } enterprise => enterprise.Name,
        ("role", _) => roles.NameOf(id),
        (_, true) => End(id),
        _ => id,
    };

    private static string End(string id) => "…" + id[^Tail..];
}
