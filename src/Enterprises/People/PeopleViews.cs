using Anlan.Toolkit.Personal;

namespace Anlan.Enterprises.People;

/// <summary>Where Enterprises shows people.</summary>
internal static class PeopleViews
{
    private const PersonalField All = PersonalField.Name | PersonalField.IdentityNumber | PersonalField.Phone;

    public static readonly PersonalView List = new("enterprises.people", All);

    public static readonly PersonalView Export = new("enterprises.people.export", All) { IsExport = true };

    public static readonly PersonalView One = new("enterprises.person", All);

    public static readonly PersonalView Unmasked = new("enterprises.person.revealed", All);

    public static readonly PersonalView Employments = new("enterprises.employments", PersonalField.Name);
}
