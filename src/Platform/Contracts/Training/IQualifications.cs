using Anlan.Contracts.Enterprises;

namespace Anlan.Contracts.Training;

/// <summary>Asks what a person is certified to do. Answered from the owner's index, updated at commit; callers never keep the answer.</summary>
public interface IQualifications
{
    /// <summary>All operator certificates of a person, whatever their state; empty when none is known.</summary>
    IReadOnlyList<CertificateFacts> CertificatesOf(PersonId person);

    /// <summary>The holder of the certificate with this number, or null; for claiming an account.</summary>
    PersonId? FindHolder(string certificateNumber);
}

/// <summary>An operator certificate (特种作业操作证) as the interlock needs it.</summary>
/// <param name="Id">The certificate.</param>
/// <param name="Category">Category code, <c>welding</c> for 焊接与热切割作业.</param>
/// <param name="SubItem">Sub-item code: <c>fusion</c> 熔化焊接与热切割, <c>pressure</c> 压力焊, <c>brazing</c> 钎焊.</param>
/// <param name="IssuedOn">First day.</param>
/// <param name="ReviewDueOn">Day by which a review was or is due, or null when none is.</param>
/// <param name="ReviewedOn">Day of the last passed review, or null.</param>
/// <param name="ExpiresOn">Last day of validity.</param>
/// <param name="IsRevoked">True once revoked.</param>
public sealed record CertificateFacts(
    Guid Id, string Category, string SubItem, DateOnly IssuedOn, DateOnly? ReviewDueOn, DateOnly? ReviewedOn, DateOnly ExpiresOn, bool IsRevoked);
