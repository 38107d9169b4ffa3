using Anlan.Contracts.Devices;
using Anlan.Devices.Presence;
using Anlan.Kernel.Paging;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Anlan.Devices.Registry;

/// <summary>Chips within scope with their last word, from memory: what the table says of a connection may be older than the last start.</summary>
internal sealed class ListChips(DeviceIndex index, DeviceStates states, DeviceScope scope)
{
    /// <param name="Id">The chip.</param>
    /// <param name="Serial">Serial number.</param>
    /// <param name="State">What it is right now.</param>
    /// <param name="IsEnabled">False when its credential was withdrawn.</param>
    /// <param name="IsOnline">True while connected.</param>
    /// <param name="LastSeen">Last message, or null.</param>
    /// <param name="Firmware">Of the last hello.</param>
    /// <param name="Boot">Power-up counter of the last hello.</param>
    /// <param name="IsTampered">Opened or moved by force, and not cleared by a person since.</param>
    /// <param name="RelayClosed">True when its machine is powered.</param>
    /// <param name="RegisteredAt">When it was registered.</param>
    public sealed record Row(
        Guid Id, string Serial, ChipState State, bool IsEnabled, bool IsOnline, DateTimeOffset? LastSeen, string? Firmware, long Boot, bool IsTampered, bool RelayClosed, DateTimeOffset RegisteredAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/chips", (string? search, string? state, string? sort, ListChips slice, int page = 1, int size = 20) => EnumQuery.TryRead<ChipState>(state, out var wanted)
                ? Results.Ok(slice.Run(new PageRequest(page, size, search, sort), wanted))
                : EnumQuery.NoSuchWord("state", state))
            .RequirePermission(DevicesPermissions.View).Produces<Page<Row>>().ProducesProblem(StatusCodes.Status422UnprocessableEntity).Scoped(ScopedBy.Records).WithTags("Devices").WithSummary("List chips; search by serial");

    /// <summary>Sort keys: <c>serial</c> (default), <c>lastSeen</c>, <c>registeredAt</c>.</summary>
    public Page<Row> Run(PageRequest request, ChipState? state = null)
    {
        var all = All(request, state);
        return new Page<Row>([.. all.Skip(request.Skip).Take(request.Take)], all.Count);
    }

    /// <summary>All that match, for an export.</summary>
    public IReadOnlyList<Row> All(PageRequest request, ChipState? state)
    {
        var found = Within(request.Term);
        if (state is { } wanted) found = found.Where(row => row.State == wanted);
        return [.. Sort([.. found], request.Sort)];
    }

    /// <summary>How many chips are in each state, for the filter above the list.</summary>
    public IReadOnlyDictionary<ChipState, int> Count(string? search) => Within(new PageRequest(Search: search).Term).CountBy(row => row.State).ToDictionary();

    private IEnumerable<Row> Within(string? term) => index.All
        .Where(device => device.Facts.Kind == DeviceKinds.WeldingChip && scope.Covers(device) && (term is null || device.Facts.Serial.Contains(term, StringComparison.OrdinalIgnoreCase))).Select(Read);

    private Row Read(KnownDevice device)
    {
        var (facts, state) = (device.Facts, states.Of(device.Facts.Serial));
        return new Row(
            facts.Id.Value, facts.Serial, ChipStates.Of(facts, state), facts.IsEnabled, state.IsOnline, state.LastSeen, state.Firmware, state.Boot, state.IsTampered, state.RelayClosed, device.RegisteredAt);
    }

    private static IEnumerable<Row> Sort(List<Row> rows, string? sort)
    {
        var isDown = sort?.StartsWith('-') == true;
        Func<Row, object?> key = sort?.TrimStart('-') switch
        {
            "lastSeen" => row => row.LastSeen ?? DateTimeOffset.MinValue,
            "registeredAt" => row => row.RegisteredAt,
            _ => row => row.Serial,
        };
        var comparer = Comparer<object?>.Create((a, b) => a is string left && b is string right ? string.CompareOrdinal(left, right) : Comparer<object?>.Default.Compare(a, b));
        return (isDown ? rows.OrderByDescending(key, comparer) : rows.OrderBy(key, comparer)).ThenBy(row => row.Serial, StringComparer.Ordinal);
    }
}
