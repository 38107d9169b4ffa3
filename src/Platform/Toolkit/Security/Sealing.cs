using System.Linq.Expressions;
using System.Reflection;

namespace Anlan.Toolkit.Security;

/// <summary>Rows with sealed columns. The declaration is the registration: what it names is sealed anew after a rotation, and a test finds what it forgot.</summary>
/// <typeparam name="TSelf">The entity itself.</typeparam>
public interface ISealed<TSelf> where TSelf : class, ISealed<TSelf>
{
    /// <summary>Which columns are sealed, and which are blind indexes over them.</summary>
    static abstract Sealing<TSelf> Sealing { get; }
}

/// <summary>Declares a column of bytes that holds nothing sealed: a hash, a payload.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PlainBytesAttribute : Attribute;

/// <summary>The sealed columns of one entity, whatever its type.</summary>
public interface ISealing
{
    /// <summary>Names of the sealed properties.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>Names of the properties that hold a blind index.</summary>
    IReadOnlyList<string> Indexes { get; }

    /// <summary>Seals a row anew with the newest key where it is not yet; false when nothing was to be done.</summary>
    bool Reseal(object row, PersonalFields fields, PersonalKey newest);

    /// <summary>Opens every sealed column of a row; how many there were.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">One does not open.</exception>
    int OpenAll(object row, PersonalFields fields);
}

/// <summary>The sealed columns of one entity.</summary>
/// <typeparam name="TRow">The entity.</typeparam>
/// <param name="owner">What a row's fields are bound to, for example <c>enterprises.person/…</c>.</param>
public sealed class Sealing<TRow>(Func<TRow, string> owner) : ISealing where TRow : class
{
    private readonly List<(PropertyInfo Property, string Name)> _columns = [];
    private readonly List<(PropertyInfo Property, PropertyInfo Of, string Purpose, Func<string, string> Normalise)> _indexes = [];

    /// <inheritdoc />
    public IReadOnlyList<string> Columns => [.. _columns.Select(column => column.Property.Name)];

    /// <inheritdoc />
    public IReadOnlyList<string> Indexes => [.. _indexes.Select(index => index.Property.Name)];

    /// <summary>Declares a sealed column.</summary>
    /// <param name="column">The property.</param>
    /// <param name="name">Its part of the owner; kept for ever, whatever the property is called.</param>
    public Sealing<TRow> Column(Expression<Func<TRow, byte[]?>> column, string name)
    {
        _columns.Add((PropertyOf(column.Body), name));
        return this;
    }

    /// <summary>Declares a blind index over a sealed column.</summary>
    /// <param name="index">The property.</param>
    /// <param name="of">The sealed column that it finds.</param>
    /// <param name="purpose">Keeps indexes of different fields apart.</param>
    /// <param name="normalise">How the text is written before it is hashed.</param>
    public Sealing<TRow> Index(Expression<Func<TRow, string?>> index, Expression<Func<TRow, byte[]?>> of, string purpose, Func<string, string>? normalise = null)
    {
        _indexes.Add((PropertyOf(index.Body), PropertyOf(of.Body), purpose, normalise ?? (text => text)));
        return this;
    }

    /// <summary>Seals a text for a row and a column.</summary>
    public byte[] Seal(PersonalFields fields, TRow row, string column, string text) => fields.Encrypt(text, OwnerOf(row, column));

    /// <summary>Opens a sealed column of a row.</summary>
    public string Open(PersonalFields fields, TRow row, string column) => fields.Decrypt((byte[])Find(column).GetValue(row)!, OwnerOf(row, column));

    /// <summary>The index of a text under the newest key: what is written.</summary>
    public string IndexOf(PersonalFields fields, string index, string text) => Find(index, text, out var purpose) is { } plain ? fields.BlindIndex(plain, purpose) : "";

    /// <summary>The indexes of a text under all keys: what is looked for.</summary>
    public IReadOnlyList<string> IndexesOf(PersonalFields fields, string index, string text) => Find(index, text, out var purpose) is { } plain ? fields.BlindIndexes(plain, purpose) : [];

    /// <inheritdoc />
    public bool Reseal(object row, PersonalFields fields, PersonalKey newest)
    {
        var (own, isChanged) = ((TRow)row, false);
        // Indexes first: they read the column, whichever key it has.
        foreach (var (property, of, purpose, normalise) in _indexes)
        {
            if (property.GetValue(own) is not string index || PersonalFields.KeyOf(index) == newest.Id || of.GetValue(own) is not byte[] sealedText) continue;
            property.SetValue(own, fields.BlindIndex(normalise(fields.Decrypt(sealedText, OwnerOf(own, NameOf(of)))), purpose));
            isChanged = true;
        }

        foreach (var (property, name) in _columns)
        {
            if (property.GetValue(own) is not byte[] bytes || PersonalFields.KeyOf(bytes) == newest.Id) continue;
            property.SetValue(own, fields.Encrypt(fields.Decrypt(bytes, OwnerOf(own, name)), OwnerOf(own, name)));
            isChanged = true;
        }

        return isChanged;
    }

    /// <inheritdoc />
    public int OpenAll(object row, PersonalFields fields)
    {
        var (own, opened) = ((TRow)row, 0);
        foreach (var (property, name) in _columns)
        {
            if (property.GetValue(own) is not byte[] bytes) continue;
            fields.Decrypt(bytes, OwnerOf(own, name));
            opened++;
        }

        return opened;
    }

    private string OwnerOf(TRow row, string column) => $"{owner(row)}/{column}";

    private string NameOf(PropertyInfo property) => _columns.Find(column => column.Property == property).Name;

    private PropertyInfo Find(string column) => _columns.Find(known => known.Name == column).Property ?? throw new InvalidOperationException($"{typeof(TRow).Name} has no sealed column {column}.");

    private string? Find(string index, string text, out string purpose)
    {
        var found = _indexes.Find(known => known.Property.Name == index);
        if (found.Property is null) throw new InvalidOperationException($"{typeof(TRow).Name} has no blind index {index}.");
        purpose = found.Purpose;
        return found.Normalise(text);
    }

    private static PropertyInfo PropertyOf(Expression body) => (PropertyInfo)((MemberExpression)(body is UnaryExpression cast ? cast.Operand : body)).Member;
}
