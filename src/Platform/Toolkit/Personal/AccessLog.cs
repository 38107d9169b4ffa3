using System.Collections.Concurrent;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Toolkit.Personal;

/// <summary>One look at data of people, as it is to be recorded.</summary>
/// <param name="Actor">Who looked.</param>
/// <param name="View">Where.</param>
/// <param name="Fields">At what.</param>
/// <param name="People">At whom.</param>
/// <param name="Reason">Why it was shown in full; null when it was masked.</param>
internal sealed record Look(Actor Actor, PersonalView View, PersonalField Fields, IReadOnlyCollection<Guid> People, string? Reason);

/// <summary>
/// The one place that writes the access log. A look is on record before its answer leaves; looks that come at the same time share a
/// transaction. A page that refreshes itself does not look anew: whoever was shown to the same account in the same view within
/// <see cref="SameLook"/> is not recorded again, unless in full or in an export.
/// </summary>
public sealed class AccessLog(IServiceScopeFactory scopes, TimeProvider clock) : IDisposable
{
    /// <summary>For how long repeated masked looks count as one: five minutes.</summary>
    public static readonly TimeSpan SameLook = TimeSpan.FromMinutes(5);

    private readonly ConcurrentQueue<(AccessRecord Record, IReadOnlyCollection<Guid> People, TaskCompletionSource Done)> _waiting = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly RecentLooks _recent = new(SameLook);

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    internal async Task RecordAsync(Look look)
    {
        var now = clock.GetUtcNow();
        var isRepeatable = look.Reason is null && !look.View.IsExport;
        var people = look.People.Where(person => !isRepeatable || !_recent.Has(look.Actor.Account, look.View.Key, person, now)).ToHashSet();
        if (people.Count == 0) return;

        var record = new AccessRecord
        {
            Id = Guid.CreateVersion7(now),
            At = now,
            Account = look.Actor.Account,
            By = look.Actor.Name,
            View = look.View.Key,
            Fields = look.Fields,
            IsUnmasked = look.Reason is not null,
            Reason = look.Reason,
            People = people.Count,
        };
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue((record, people, done));
        await WriteWaitingAsync();
        await done.Task;
        if (isRepeatable) _recent.Add(look.Actor.Account, look.View.Key, people, now);
    }

    // Whoever comes first writes for all who wait. Never cancelled: half of them may belong to somebody else.
    private async Task WriteWaitingAsync()
    {
        await _turn.WaitAsync();
        var taken = new List<(AccessRecord Record, IReadOnlyCollection<Guid> People, TaskCompletionSource Done)>();
        try
        {
            while (_waiting.TryDequeue(out var one)) taken.Add(one);
            if (taken.Count == 0) return;
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
            foreach (var (record, people, _) in taken)
            {
                db.Put(record);
                foreach (var person in people) db.Put(new AccessedPerson { Person = person, Access = record.Id });
            }

            await db.SaveAsync(CancellationToken.None);
            foreach (var one in taken) one.Done.SetResult();
        }
        catch (Exception failed)
        {
            // Each of them learns that its look is not on record, and shows nothing.
            foreach (var one in taken) one.Done.TrySetException(failed);
        }
        finally
        {
            _turn.Release();
        }
    }
}
