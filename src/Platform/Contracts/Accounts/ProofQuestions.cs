namespace Anlan.Contracts.Accounts;

/// <summary>Questions about proofs of person that the rule book answers.</summary>
public static class ProofQuestions
{
    /// <summary>How long a proof serves.</summary>
    public const string Age = "person.proofAge";
}
