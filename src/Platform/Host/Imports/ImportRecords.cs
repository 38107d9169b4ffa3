using System.Globalization;
using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Outcomes;
using Anlan.Kernel.Time;
using Anlan.Toolkit.Import;

namespace Anlan.Host.Imports;

/// <summary>Rows of kept files that name a person. An erasure empties them; such a file can no longer enter the person again.</summary>
internal sealed class ImportRecords(ImportedRows rows, IPeople people, CityCalendar calendar) : IPersonRecords
{
    public async Task<IReadOnlyList<PersonSection>> CollectAsync(PersonId person, CancellationToken stop) =>
        [new PersonSection("imports", ["at", "kind", "text"], [.. (await FindAsync(person, stop)).Select(row => (string?[])
            [calendar.Local(row.UploadedAt).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), row.Kind, string.Join(" | ", row.Cells)])])];

    public Task<IReadOnlyList<Refusal>> ObstaclesAsync(PersonId person, CancellationToken stop) => Task.FromResult<IReadOnlyList<Refusal>>([]);

    public async Task<IReadOnlyList<ErasureLine>> PlanAsync(PersonId person, CancellationToken stop) => [new ErasureLine("imports", (await FindAsync(person, stop)).Count, IsErased: true)];

    public Task EraseAsync(PersonId person, CancellationToken stop) => rows.EmptyAsync(cell => NamesAsync(cell, person, stop), person.Value, stop);

    private Task<IReadOnlyList<ImportedRows.Found>> FindAsync(PersonId person, CancellationToken stop) => rows.FindAsync(cell => NamesAsync(cell, person, stop), stop);

    // An identity number by itself, or behind the T of a certificate number.
    private async Task<bool> NamesAsync(string cell, PersonId person, CancellationToken stop)
    {
        var plain = cell.Trim().ToUpperInvariant();
        return plain.Length is 18 or 19 && await people.FindByIdentityNumberAsync(plain[^18..], stop) == person;
    }
}
