using Anlan.Kernel.Events;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.EndToEnd.Events;

/// <summary>Something was counted by its publisher.</summary>
/// <param name="Name">About what.</param>
/// <param name="Number">From 1, without holes, per name.</param>
internal sealed record Counted(string Name, long Number) : IDomainEvent
{
    public string Subject => Name;
}

/// <summary>What one side knows of a name: the publisher under the name itself, each subscriber under its own prefix.</summary>
internal sealed class Tally
{
    public required string Id { get; set; }

    public long Count { get; set; }

    public long Last { get; set; }

    /// <summary>How often a number did not follow its predecessor.</summary>
    public long Disorder { get; set; }

    public void Take(long number)
    {
        if (number != Last + 1) Disorder++;
        Last = number;
        Count++;
    }
}

internal sealed class TallyMapping : IEntityTypeConfiguration<Tally>
{
    public void Configure(EntityTypeBuilder<Tally> builder) => builder.ToTable("tally_tallies").HasKey(tally => tally.Id);
}

/// <summary>Counts what it hears; one that stumbles now and then.</summary>
internal abstract class Listener(AnlanDb db, string name, double stumbles) : IEventSubscriber<Counted>
{
    public async Task HandleAsync(Counted happened, Guid eventId, CancellationToken stop)
    {
        var id = $"{name}/{happened.Name}";
        var tally = await db.Set<Tally>().SingleOrDefaultAsync(row => row.Id == id, stop) ?? db.Add(new Tally { Id = id }).Entity;
        tally.Take(happened.Number);
        if (Random.Shared.NextDouble() < stumbles) throw new InvalidOperationException("Stumbled before saving.");
        await db.SaveAsync(stop);
        if (Random.Shared.NextDouble() < stumbles) throw new InvalidOperationException("Stumbled after saving.");
    }
}

internal sealed class SteadyListener(AnlanDb db) : Listener(db, "steady", 0);

internal sealed class StumblingListener(AnlanDb db) : Listener(db, "stumbling", 0.02);

/// <summary>The mappings of the tallies.</summary>
internal sealed class TallyModule : IModule
{
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    public void MapRoutes(IEndpointRouteBuilder api)
    {
    }

    public IReadOnlyList<Permission> Permissions => [];

    public IReadOnlyList<MenuEntry> Menu => [];
}
