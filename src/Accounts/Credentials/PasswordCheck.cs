using Anlan.Kernel.Outcomes;

namespace Anlan.Accounts.Credentials;

/// <summary>What a new password must be: the rules, and in no list of stolen ones.</summary>
internal sealed class PasswordCheck(BreachedPasswords breached)
{
    /// <summary>What stands against it, or null.</summary>
    public Refusal? Check(string? password, string? userName, string field = "password")
    {
        var refusal = CredentialRules.CheckPassword(password, userName) ?? (breached.Contains(password!) ? Refusal.OfField("password", "PasswordBreached") : null);
        return refusal is null ? null : refusal with { Field = field };
    }
}
