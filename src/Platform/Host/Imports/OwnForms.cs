using Anlan.Toolkit.Access;
using Anlan.Toolkit.Import;

namespace Anlan.Host.Imports;

/// <summary>The kinds of files that whoever acts may import.</summary>
internal sealed class OwnForms(SheetForms forms, IPermissions permissions, CurrentActor current)
{
    public IReadOnlyList<SheetForm> All => [.. forms.All.Where(form => permissions.IsHeld(form.Permission, current.Actor))];

    public SheetForm? Find(string key) => All.FirstOrDefault(form => form.Key == key);
}
