using System.Security.Cryptography;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Toolkit.Files;

/// <summary>A record that names files.</summary>
/// <param name="Kind">For example <c>certificate</c>.</param>
/// <param name="Id">The record.</param>
public readonly record struct FileOwner(string Kind, Guid Id)
{
    /// <summary>Whom its files show, or null: a hold on the person keeps them.</summary>
    public Guid? Person { get; init; }

    /// <summary>Whose they are, or null: a hold on the enterprise keeps them.</summary>
    public Guid? Enterprise { get; init; }
}

/// <summary>A file as a page or an answer shows it, without its content.</summary>
/// <param name="Id">To ask for it.</param>
/// <param name="Part">What it shows of the record.</param>
/// <param name="MediaType">Kind of its content.</param>
/// <param name="Size">Bytes of its content.</param>
/// <param name="Hash">SHA-256 over the bytes as they are kept.</param>
/// <param name="At">When it was attached.</param>
/// <param name="By">By whom.</param>
/// <param name="WithdrawnAt">When it was taken back, or null.</param>
/// <param name="WithdrawReason">Why.</param>
public sealed record FileRow(Guid Id, string Part, string MediaType, long Size, string Hash, DateTimeOffset At, string By, DateTimeOffset? WithdrawnAt, string? WithdrawReason);

/// <summary>
/// The files of records, for the modules that own the records. Nothing here asks who may: a module finds the record within scope first, and files have no route of
/// their own.
/// </summary>
public sealed class Attachments(AnlanDb db, FileStore store, PersonalFields fields, CurrentActor current, TimeProvider clock)
{
    /// <summary>As many files a record has at most, without those that were taken back.</summary>
    public const int MostOfARecord = 20;

    /// <summary>There is no such file, or its record is not within scope.</summary>
    public static Refusal Unknown { get; } = new("FileUnknown");

    /// <summary>A record is not removed while it names files.</summary>
    public static Refusal StandInTheWay { get; } = new("RecordHasFiles");

    /// <summary>Whether a word says what a file shows; null when it does.</summary>
    public static Refusal? CheckPart(string part, IReadOnlyList<string> parts) =>
        parts.Contains(part) ? null : Refusal.OfField("part", "FilePartInvalid") with { Measured = FactValue.Text(part), Limit = FactValue.Text(string.Join(", ", parts)) };

    /// <summary>Keeps a file and lets a record name it, once the caller saves. Until then it is nobody's and goes by itself.</summary>
    /// <param name="owner">The record.</param>
    /// <param name="part">What the file shows of it, a word of the module.</param>
    /// <param name="content">Read once.</param>
    /// <param name="terms">What is taken.</param>
    /// <param name="stop">Gives up; nothing is kept.</param>
    /// <returns>The row, or why not: <c>FilesTooMany</c>, <c>FileAttachedAlready</c>, or what <see cref="FileStore.KeepAsync"/> refuses.</returns>
    public async Task<Outcome<AttachedFile>> AddAsync(FileOwner owner, string part, Stream content, FileTerms terms, CancellationToken stop)
    {
        var present = await Of(owner.Kind, owner.Id).Where(f => f.WithdrawnAt == null).Select(f => f.Hash).ToListAsync(stop);
        if (present.Count >= MostOfARecord) return Refusal.OfField("file", "FilesTooMany") with { Measured = FactValue.Count(present.Count), Limit = FactValue.Count(MostOfARecord) };
        var key = terms.IsSealed ? RandomNumberGenerator.GetBytes(ContentSeal.KeyLength) : null;
        var kept = await store.KeepAsync(content, terms, key, stop);
        if (!kept.IsDone) return Outcome<AttachedFile>.Refused(kept.Refusals);
        if (present.Contains(kept.Value.Hash)) return Refusal.OfField("file", "FileAttachedAlready");

        var (now, actor) = (clock.GetUtcNow(), current.Actor);
        var file = new AttachedFile
        {
            Id = Guid.CreateVersion7(now),
            RecordKind = owner.Kind,
            Record = owner.Id,
            Part = part,
            Hash = kept.Value.Hash,
            Size = kept.Value.Size,
            MediaType = kept.Value.Type.Name,
            Person = owner.Person,
            Enterprise = owner.Enterprise,
            At = now,
            Account = actor.Account,
            By = actor.Name,
        };
        if (key is not null) file.Key = AttachedFile.Sealing.Seal(fields, file, "key", Convert.ToBase64String(key));
        db.Add(file);
        db.Publish(new FileAttached(file.Subject, now, new FileNamed(file.Id, file.Hash, file.Size, file.MediaType, key is not null, part, actor.Account)));
        return file;
    }

    /// <summary>The files of a record, newest first; those that were taken back come last.</summary>
    public async Task<IReadOnlyList<FileRow>> ListAsync(string kind, Guid record, CancellationToken stop)
    {
        var files = await Of(kind, record).AsNoTracking().OrderByDescending(f => f.Id).ToListAsync(stop);
        return [.. files.OrderBy(f => f.WithdrawnAt is not null).Select(f => new FileRow(f.Id, f.Part, f.MediaType, f.Size, f.Hash, f.At, f.By, f.WithdrawnAt, f.WithdrawReason))];
    }

    /// <summary>A file of a kind of record, tracked, or null.</summary>
    public Task<AttachedFile?> FindAsync(string kind, Guid file, CancellationToken stop) => db.Set<AttachedFile>().SingleOrDefaultAsync(f => f.Id == file && f.RecordKind == kind, stop);

    /// <summary>Opens a file after comparing it with its name.</summary>
    /// <returns>The content, or <c>FileMissing</c>, <c>FileChanged</c>, <c>FilesAway</c>.</returns>
    public async Task<Outcome<OpenedFile>> OpenAsync(AttachedFile file, CancellationToken stop)
    {
        var content = await store.OpenAsync(file.Hash, file.Key is null ? null : Convert.FromBase64String(AttachedFile.Sealing.Open(fields, file, "key")), stop);
        return content.IsDone ? new OpenedFile(content.Value, file) : Outcome<OpenedFile>.Refused(content.Refusals);
    }

    /// <summary>Takes a file back, once the caller saves: it stays for its term, marked as taken back.</summary>
    /// <returns>Null, or <c>FileWithdrawnAlready</c>.</returns>
    public Refusal? Withdraw(AttachedFile file, string reason)
    {
        if (file.WithdrawnAt is { } at) return new Refusal("FileWithdrawnAlready") { Measured = FactValue.Of(at) };
        (file.WithdrawnAt, file.WithdrawReason) = (clock.GetUtcNow(), reason);
        return null;
    }

    /// <summary>The files of records, opened or not.</summary>
    public Task<List<AttachedFile>> AllAsync(string kind, IReadOnlyList<Guid> records, CancellationToken stop) =>
        db.Set<AttachedFile>().AsNoTracking().Where(f => f.RecordKind == kind && records.Contains(f.Record)).OrderBy(f => f.Id).ToListAsync(stop);

    /// <summary>Which of some records name files, also files that were taken back and whose term is not over: such a record is not removed under them.</summary>
    public Task<HashSet<Guid>> NamingAsync(string kind, IReadOnlyCollection<Guid> records, CancellationToken stop) =>
        db.Set<AttachedFile>().Where(f => f.RecordKind == kind && records.Contains(f.Record)).Select(f => f.Record).ToHashSetAsync(stop);

    /// <summary>Lets go of the files of records that are erased, once the caller saves: sealed ones open for nobody from then on, and the files follow within two days.</summary>
    public async Task EraseAsync(string kind, IReadOnlyList<Guid> records, CancellationToken stop) =>
        db.RemoveRange(await db.Set<AttachedFile>().Where(f => f.RecordKind == kind && records.Contains(f.Record)).ToListAsync(stop));

    private IQueryable<AttachedFile> Of(string kind, Guid record) => db.Set<AttachedFile>().Where(f => f.Record == record && f.RecordKind == kind);
}
