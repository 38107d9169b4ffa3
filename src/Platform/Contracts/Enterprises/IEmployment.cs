namespace Anlan.Contracts.Enterprises;

/// <summary>Asks who may work for whom today. Answered from the owner's index, updated at commit; callers never keep the answer.</summary>
public interface IEmployment
{
    /// <summary>The binding of a person to an enterprise that is in force on a date, or null.</summary>
    Binding? FindBinding(PersonId person, EnterpriseId enterprise, DateOnly on);

    /// <summary>All bindings of a person in force on a date.</summary>
    IReadOnlyList<Binding> BindingsOf(PersonId person, DateOnly on);
}

/// <summary>A person bound to an enterprise.</summary>
/// <param name="Enterprise">The enterprise.</param>
/// <param name="Kind">How.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day, or null while open.</param>
public sealed record Binding(EnterpriseId Enterprise, BindingKind Kind, DateOnly From, DateOnly? To);

/// <summary>How a person is bound.</summary>
public enum BindingKind
{
    /// <summary>Employed.</summary>
    Permanent,
    /// <summary>Declared for a limited time, with an end date.</summary>
    Temporary,
    /// <summary>The person's own one-person business.</summary>
    SelfEmployed,
}
