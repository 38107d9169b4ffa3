namespace Anlan.Toolkit.Import;

/// <summary>
/// One kind of file that can be imported, declared by the module that owns the records. Its words: <c>Import.{Key}</c> is the title, <c>Import.{Key}.Text</c> what it is for,
/// <c>Import.{Key}.{Column}</c> a column's header and <c>Import.{Key}.{Column}.Help</c> what belongs there.
/// </summary>
/// <param name="Key">For example <c>enterprises</c>; part of addresses.</param>
/// <param name="Words">The resource class of the words.</param>
/// <param name="Permission">Who may import it.</param>
/// <param name="Sheet">The <see cref="ImportSheet"/> that judges and writes its rows.</param>
/// <param name="Columns">In the order of the template.</param>
public sealed record SheetForm(string Key, Type Words, string Permission, Type Sheet, IReadOnlyList<SheetColumn> Columns)
{
    /// <summary>Place among the kinds: what others refer to comes first.</summary>
    public int Order { get; init; } = 100;
}

/// <summary>A column. A cell that is left blank in an optional column leaves what is there as it is.</summary>
/// <param name="Key">Name as the API words it: refusals of the field carry it.</param>
/// <param name="Example">A cell that would be right: as it is, or <c>@</c> and the key of its words; empty where the first word of the list is one.</param>
public sealed record SheetColumn(string Key, string Example)
{
    /// <summary>True when a row without it is refused, and a file without it too.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True for what names a person: masked on screens.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>The closed list of words that the cell may hold, in either language; empty where it is free.</summary>
    public IReadOnlyList<SheetChoice> Choices { get; init; } = [];
}

/// <summary>A word of a closed list.</summary>
/// <param name="Value">As the API words it; accepted too.</param>
/// <param name="Word">Key of its words.</param>
public sealed record SheetChoice(string Value, string Word);
