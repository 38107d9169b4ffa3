using Anlan.Toolkit.Access;
using Anlan.Toolkit.Import;

namespace Anlan.Host.Imports;

/// <summary>Says which files one may import and what belongs into them, in the reader's language.</summary>
internal sealed class ListForms(OwnForms own, SheetForms forms)
{
    public sealed record Form(string Key, string Title, string Text, IReadOnlyList<Column> Columns);

    public sealed record Column(string Key, string Header, bool IsRequired, string Help, string Example, IReadOnlyList<string> Words);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/imports/forms", (ListForms slice) => slice.Run()).RequirePermission(ImportsPermissions.Run).Scoped(ScopedBy.Everybody).WithTags("Imports").WithSummary("List the kinds of files that one may import, with their columns");

    public IReadOnlyList<Form> Run() => [.. own.All.Select(form => new Form(
        form.Key, forms.Say(form, "Import." + form.Key), forms.Say(form, $"Import.{form.Key}.Text"),
        [.. form.Columns.Select(column => new Column(column.Key, forms.Header(form, column), column.IsRequired, forms.Help(form, column), forms.Example(form, column), forms.Choices(form, column)))]))];
}
