using System.Collections.Concurrent;
using System.Collections.Immutable;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Training;
using Anlan.Toolkit.Data;

namespace Anlan.Training.Certificates;

/// <summary>What is kept of a certificate in memory: no number, only its hash.</summary>
internal sealed record CertificateEntry(
    Guid Id, PersonId Person, string NumberIndex, string Category, string SubItem, CertificateDates Dates, DateOnly? RevokedOn, DateTimeOffset EnteredAt, bool IsLapseTold, DateOnly? RemindedOf)
{
    public CertificateStatus StatusOn(DateOnly day, CertificateRules rules) => rules.StatusOn(day, Category, Dates, RevokedOn);

    public CertificateFacts ToFacts() => new(Id, Category, SubItem, Dates.IssuedOn, Dates.ReviewDueOn, Dates.ReviewedOn, Dates.ExpiresOn, RevokedOn is not null);
}

/// <summary>All certificates in memory. One that expires stops carrying work by its date alone, whoever asks.</summary>
internal sealed class CertificateIndex(CertificateSeal seal) : EntityIndex<Certificate>, IQualifications
{
    private readonly ConcurrentDictionary<Guid, CertificateEntry> _byId = new();
    private readonly ConcurrentDictionary<PersonId, ImmutableList<Guid>> _byPerson = new();
    private readonly ConcurrentDictionary<string, ImmutableList<Guid>> _byNumber = new(StringComparer.Ordinal);

    public IEnumerable<CertificateEntry> All => _byId.Values;

    public CertificateEntry? Find(Guid certificate) => _byId.GetValueOrDefault(certificate);

    public IReadOnlyList<CertificateEntry> Of(PersonId person) => Entries(_byPerson.GetValueOrDefault(person, []));

    /// <summary>True when the holder has another certificate of the same kind about which nothing needs doing.</summary>
    public bool IsReplaced(CertificateEntry certificate, DateOnly day, CertificateRules rules) => Of(certificate.Person).Any(other =>
        other.Id != certificate.Id && other.Category == certificate.Category && other.SubItem == certificate.SubItem && other.StatusOn(day, rules) == CertificateStatus.Valid);

    /// <summary>All certificates with a number, revoked ones too.</summary>
    public IReadOnlyList<CertificateEntry> WithNumber(string number) => [.. seal.IndexesOf(number).SelectMany(index => Entries(_byNumber.GetValueOrDefault(index, [])))];

    public IReadOnlyList<CertificateFacts> CertificatesOf(PersonId person) => [.. Of(person).Select(c => c.ToFacts())];

    public PersonId? FindHolder(string certificateNumber) =>
        WithNumber(certificateNumber).OrderBy(c => c.RevokedOn is not null).ThenByDescending(c => c.Dates.ExpiresOn).FirstOrDefault()?.Person;

    protected override void Clear()
    {
        _byId.Clear();
        _byPerson.Clear();
        _byNumber.Clear();
    }

    protected override void Put(Certificate entity)
    {
        var former = Find(entity.Id);
        _byId[entity.Id] = new CertificateEntry(
            entity.Id, entity.Person, entity.NumberIndex, entity.Category, entity.SubItem, entity.Dates, entity.RevokedOn, entity.EnteredAt, entity.LapseToldAt is not null, entity.RemindedOf);
        if (former is not null && former.NumberIndex != entity.NumberIndex) Drop(_byNumber, former.NumberIndex, entity.Id);
        Keep(_byPerson, entity.Person, entity.Id);
        Keep(_byNumber, entity.NumberIndex, entity.Id);
    }

    protected override void Remove(Certificate entity)
    {
        _byId.TryRemove(entity.Id, out _);
        Drop(_byPerson, entity.Person, entity.Id);
        Drop(_byNumber, entity.NumberIndex, entity.Id);
    }

    private ImmutableArray<CertificateEntry> Entries(ImmutableList<Guid> ids) => [.. ids.Select(Find).OfType<CertificateEntry>()];

    private static void Keep<TKey>(ConcurrentDictionary<TKey, ImmutableList<Guid>> map, TKey key, Guid id) where TKey : notnull =>
        map.AddOrUpdate(key, [id], (_, ids) => ids.Contains(id) ? ids : ids.Add(id));

    private static void Drop<TKey>(ConcurrentDictionary<TKey, ImmutableList<Guid>> map, TKey key, Guid id) where TKey : notnull => map.AddOrUpdate(key, [], (_, ids) => ids.Remove(id));
}
