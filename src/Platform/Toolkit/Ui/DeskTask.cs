using Anlan.Kernel.Rules;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Toolkit.Ui;

/// <summary>One thing that somebody is expected to do, as the desk shows it.</summary>
/// <param name="Icon">Id of the symbol in the icon sprite, without the leading <c>i-</c>.</param>
/// <param name="What">What is to be done and to what, in the reader's language.</param>
/// <param name="Why">Why it waits for this reader.</param>
/// <param name="Due">Last day, or null when it should be done now.</param>
/// <param name="Verb">The word on the button.</param>
/// <param name="Href">The page on which it is done.</param>
public sealed record DeskTask(string Icon, string What, string Why, DateOnly? Due, string Verb, string Href)
{
    /// <summary>How far ahead the desk looks, in days.</summary>
    public const int Horizon = 14;

    /// <summary>More tasks of one kind than this are shown as one, which leads to their list.</summary>
    public const int MostOfAKind = 5;

    /// <summary>The rule that demands it, with the day on which it is judged; null when no rule but the work itself does.</summary>
    public AppliedRule? Rule { get; init; }

    /// <summary>The person whom <see cref="What"/> names, masked; the look is then on record. Null when it names nobody.</summary>
    public Guid? Person { get; init; }
}

/// <summary>A module's tasks for whoever is signed in. Scoped: asks <c>CurrentScope</c> and <c>CurrentActor</c> like every slice.</summary>
public interface IDeskTasks
{
    /// <summary>What waits now or within <see cref="DeskTask.Horizon"/> days, in no order.</summary>
    Task<IReadOnlyList<DeskTask>> OfReaderAsync(CancellationToken stop);
}

/// <summary>A registered source of tasks.</summary>
/// <param name="Type">Implements <see cref="IDeskTasks"/>.</param>
/// <param name="Permission">Whoever lacks it has no such tasks.</param>
public sealed record DeskTaskSource(Type Type, string Permission);

/// <summary>Registers tasks.</summary>
public static class DeskTaskServices
{
    /// <summary>Lets a module's tasks appear on the desk of those who hold a permission.</summary>
    public static IServiceCollection AddDeskTasks<TTasks>(this IServiceCollection services, string permission) where TTasks : class, IDeskTasks =>
        services.AddScoped<TTasks>().AddSingleton(new DeskTaskSource(typeof(TTasks), permission));
}
