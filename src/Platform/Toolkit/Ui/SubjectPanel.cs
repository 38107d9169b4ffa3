using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Toolkit.Ui;

/// <summary>A module's part of a page that another module owns: the certificates on a person's page, the machines on an enterprise's.</summary>
/// <param name="Subject">What the page is about: <c>person</c>, <c>enterprise</c>, <c>space</c> (a confined space).</param>
/// <param name="Component">A component with one parameter <c>Id</c> (<see cref="Guid"/>), drawn as a card.</param>
/// <param name="Permission">Whoever lacks it does not see the panel.</param>
/// <param name="Order">Place among the panels of the page.</param>
public sealed record SubjectPanel(string Subject, Type Component, string Permission, int Order);

/// <summary>Registers panels.</summary>
public static class SubjectPanelServices
{
    /// <summary>Offers a component to the page about a subject.</summary>
    public static IServiceCollection AddSubjectPanel<TComponent>(this IServiceCollection services, string subject, string permission, int order) =>
        services.AddSingleton(new SubjectPanel(subject, typeof(TComponent), permission, order));
}
