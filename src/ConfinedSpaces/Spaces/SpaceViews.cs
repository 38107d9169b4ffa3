using Anlan.Toolkit.Personal;

namespace Anlan.ConfinedSpaces.Spaces;

/// <summary>Where ConfinedSpaces shows people, always by their masked name.</summary>
internal static class SpaceViews
{
    public static readonly PersonalView Responsible = new("spaces.responsible", PersonalField.Name);

    public static readonly PersonalView Choice = new("spaces.choice", PersonalField.Name);
}
