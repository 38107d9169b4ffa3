using System.Collections.Concurrent;
using System.Collections.Immutable;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Data;

namespace Anlan.Enterprises.Employments;

/// <summary>What is kept of an employment in memory.</summary>
internal sealed record EmploymentEntry(Guid Id, PersonId Person, EnterpriseId Enterprise, BindingKind Kind, DateOnly From, DateOnly? To, string? EndReason, bool IsEndTold)
{
    /// <summary>Both days count.</summary>
    public bool IsInForceOn(DateOnly on) => From <= on && !(To < on);

    /// <summary>In force on the day, or to begin later.</summary>
    public bool IsOpenOn(DateOnly on) => !(To < on) && !(To < From);

    public Binding ToBinding() => new(Enterprise, Kind, From, To);
}

/// <summary>All employments in memory. A binding that runs out stops being in force by the date alone; nobody has to end it.</summary>
internal sealed class EmploymentIndex : EntityIndex<Employment>, IEmployment
{
    private readonly ConcurrentDictionary<PersonId, ImmutableList<EmploymentEntry>> _byPerson = new();
    private readonly ConcurrentDictionary<EnterpriseId, ImmutableList<EmploymentEntry>> _byEnterprise = new();

    /// <summary>All of a person, past ones too.</summary>
    public IReadOnlyList<EmploymentEntry> Of(PersonId person) => _byPerson.GetValueOrDefault(person, []);

    /// <summary>All of an enterprise, past ones too.</summary>
    public IReadOnlyList<EmploymentEntry> Of(EnterpriseId enterprise) => _byEnterprise.GetValueOrDefault(enterprise, []);

    public IEnumerable<EmploymentEntry> All => _byPerson.Values.SelectMany(entries => entries);

    public Binding? FindBinding(PersonId person, EnterpriseId enterprise, DateOnly on) =>
        Of(person).FirstOrDefault(e => e.Enterprise == enterprise && e.IsInForceOn(on))?.ToBinding();

    public IReadOnlyList<Binding> BindingsOf(PersonId person, DateOnly on) => [.. Of(person).Where(e => e.IsInForceOn(on)).OrderBy(e => e.From).ThenBy(e => e.Id).Select(e => e.ToBinding())];

    /// <summary>True when another binding holds the person at the same enterprise on a day, so that the end of this one ends no work.</summary>
    public bool IsBoundOtherwise(Employment ending, DateOnly on) => Of(ending.Person).Any(e => e.Id != ending.Id && e.Enterprise == ending.Enterprise && e.IsInForceOn(on));

    protected override void Clear()
    {
        _byPerson.Clear();
        _byEnterprise.Clear();
    }

    // Person and enterprise of an employment never change, so replacing by id is enough.
    protected override void Put(Employment entity)
    {
        var entry = new EmploymentEntry(entity.Id, entity.Person, entity.Enterprise, entity.Kind, entity.From, entity.To, entity.EndReason, entity.EndToldAt is not null);
        _byPerson.AddOrUpdate(entity.Person, [entry], (_, entries) => entries.RemoveAll(e => e.Id == entry.Id).Add(entry));
        _byEnterprise.AddOrUpdate(entity.Enterprise, [entry], (_, entries) => entries.RemoveAll(e => e.Id == entry.Id).Add(entry));
    }

    protected override void Remove(Employment entity)
    {
        _byPerson.AddOrUpdate(entity.Person, [], (_, entries) => entries.RemoveAll(e => e.Id == entity.Id));
        _byEnterprise.AddOrUpdate(entity.Enterprise, [], (_, entries) => entries.RemoveAll(e => e.Id == entity.Id));
    }
}
