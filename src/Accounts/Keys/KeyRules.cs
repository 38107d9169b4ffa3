using System.Net;
using Anlan.Accounts.Roles;
using Anlan.Kernel.Outcomes;

namespace Anlan.Accounts.Keys;

/// <summary>What a key may be.</summary>
internal static class KeyRules
{
    /// <summary>A key lasts one year at most: whoever left it somewhere forgets it sooner than it ends.</summary>
    public const int LongestYears = 1;

    /// <summary>Networks that one key may name.</summary>
    public const int MostNetworks = 10;

    /// <summary>Everything that stands against a key.</summary>
    /// <param name="name">What it is for.</param>
    /// <param name="permissions">What it is to carry.</param>
    /// <param name="networks">From where it is to be taken.</param>
    /// <param name="lastDay">Its last day.</param>
    /// <param name="role">The role of its account.</param>
    /// <param name="book">All permissions.</param>
    /// <param name="today">Today in the city.</param>
    public static IReadOnlyList<Refusal> Check(string name, IReadOnlyCollection<string> permissions, IReadOnlyList<string> networks, DateOnly? lastDay, RoleFacts? role, RoleBook book, DateOnly today)
    {
        Refusal?[] found =
        [
            name.Length switch
            {
                0 => Refusal.OfField("name", "KeyNameMissing"),
                > ApiKey.LongestName => Refusal.OfField("name", "KeyNameTooLong") with { Measured = FactValue.Count(name.Length), Limit = FactValue.Count(ApiKey.LongestName) },
                _ => null,
            },
            CheckPermissions(permissions, role, book),
            CheckNetworks(networks),
            CheckDay(lastDay, today),
        ];
        return [.. found.OfType<Refusal>()];
    }

    private static Refusal? CheckPermissions(IReadOnlyCollection<string> permissions, RoleFacts? role, RoleBook book)
    {
        if (permissions.Count == 0) return Refusal.OfField("permissions", "KeyCarriesNothing");
        if (permissions.FirstOrDefault(key => role?.Permissions.Contains(key) != true) is { } lacking) return Refusal.OfField("permissions", "PermissionNotOwn") with { Measured = FactValue.Text(lacking) };
        return permissions.FirstOrDefault(key => !book.Declared[key].CanBeKeyed) is { } personal ? Refusal.OfField("permissions", "PermissionNotForKeys") with { Measured = FactValue.Text(personal) } : null;
    }

    private static Refusal? CheckNetworks(IReadOnlyList<string> networks)
    {
        if (networks.Count > MostNetworks) return Refusal.OfField("networks", "TooManyNetworks") with { Measured = FactValue.Count(networks.Count), Limit = FactValue.Count(MostNetworks) };
        return networks.FirstOrDefault(network => !IPNetwork.TryParse(network, out _)) is { } wrong ? Refusal.OfField("networks", "NetworkInvalid") with { Measured = FactValue.Text(wrong) } : null;
    }

    private static Refusal? CheckDay(DateOnly? lastDay, DateOnly today)
    {
        if (lastDay is not { } last) return Refusal.OfField("lastDay", "LastDayMissing");
        if (last < today) return Refusal.OfField("lastDay", "LastDayPast") with { Measured = FactValue.Of(last), Limit = FactValue.Of(today) };
        var latest = today.AddYears(LongestYears);
        return last > latest ? Refusal.OfField("lastDay", "KeyTooLong") with { Measured = FactValue.Of(last), Limit = FactValue.Of(latest) } : null;
    }
}
