namespace Anlan.Toolkit.Modules;

/// <summary>One entry of the left navigation; absent for whoever lacks the permission.</summary>
/// <param name="Group">Place in the fixed order of groups.</param>
/// <param name="Href">Address of the page.</param>
/// <param name="WordKey">Key of the label in <paramref name="Words"/>.</param>
/// <param name="Words">The resource class.</param>
/// <param name="Icon">Id of the symbol in the icon sprite, without the leading <c>i-</c>.</param>
/// <param name="Permission">Needed permission, or null for everybody who is signed in.</param>
/// <param name="Order">Order within the group.</param>
public sealed record MenuEntry(MenuGroup Group, string Href, string WordKey, Type Words, string Icon, string? Permission, int Order = 100);

/// <summary>The fixed groups of the navigation, in their order.</summary>
public enum MenuGroup
{
    /// <summary>工作台.</summary>
    Desk,
    /// <summary>风险监管.</summary>
    Supervision,
    /// <summary>闭环治理.</summary>
    ClosedLoop,
    /// <summary>服务与培训.</summary>
    Services,
    /// <summary>底座.</summary>
    Base,
}
