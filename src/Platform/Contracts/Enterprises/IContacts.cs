namespace Anlan.Contracts.Enterprises;

/// <summary>How a person is reached. For sending a message to that person; never to be shown, logged or kept.</summary>
public interface IContacts
{
    /// <summary>The person's mobile number, 11 digits; null when none is known or only a land line.</summary>
    Task<string?> FindMobileAsync(PersonId person, CancellationToken stop);
}
