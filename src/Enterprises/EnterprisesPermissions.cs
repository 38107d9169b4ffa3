namespace Anlan.Enterprises;

/// <summary>What one may do with enterprises, people and employments, always within one's scope.</summary>
internal static class EnterprisesPermissions
{
    /// <summary>See enterprises.</summary>
    public const string View = "enterprises.view";

    /// <summary>Change an enterprise's name, place and address.</summary>
    public const string Edit = "enterprises.edit";

    /// <summary>Enter a new enterprise, correct its code, close it.</summary>
    public const string Register = "enterprises.register";

    /// <summary>See people, masked, and their employments.</summary>
    public const string ViewPeople = "enterprises.people.view";

    /// <summary>Enter people, bind and unbind them.</summary>
    public const string EditPeople = "enterprises.people.edit";

    /// <summary>See a person's full name and numbers; each look is recorded with its reason.</summary>
    public const string RevealPeople = "enterprises.people.reveal";
}
