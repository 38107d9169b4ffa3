using Anlan.Kernel.Outcomes;

namespace Anlan.Toolkit.Import;

/// <summary>Which column of a file is which column of its form.</summary>
/// <param name="Places">Place by key.</param>
/// <param name="Ignored">Headers that the form does not know.</param>
internal sealed record SheetLayout(IReadOnlyDictionary<string, int> Places, IReadOnlyList<string> Ignored)
{
    /// <summary>The layout, or what is wrong with the header.</summary>
    public static Outcome<SheetLayout> Of(SheetForms forms, SheetForm form, IReadOnlyList<string> headers)
    {
        var (places, ignored, wrong) = (new Dictionary<string, int>(StringComparer.Ordinal), new List<string>(), new List<Refusal>());
        for (var place = 0; place < headers.Count; place++)
        {
            if (headers[place].Length == 0) continue;
            if (forms.ColumnOf(form, headers[place]) is not { } column) ignored.Add(headers[place]);
            else if (!places.TryAdd(column.Key, place)) wrong.Add(Refusal.OfField("file", "FileColumnTwice") with { Measured = FactValue.Text(headers[place]) });
        }

        wrong.AddRange(form.Columns.Where(column => column.IsRequired && !places.ContainsKey(column.Key)).Select(column => Refusal.OfField("file", "FileColumnMissing") with { Measured = FactValue.Text(forms.Header(form, column)) }));
        return wrong.Count > 0 ? Outcome<SheetLayout>.Refused(wrong) : new SheetLayout(places, ignored);
    }
}
