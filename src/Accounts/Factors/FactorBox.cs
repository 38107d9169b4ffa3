using Anlan.Accounts.Registry;
using Anlan.Accounts.Sessions;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Factors;

/// <summary>Adds, checks and uses second factors; the slice saves.</summary>
internal sealed class FactorBox(AccountsDb db, Passkeys passkeys, AuthenticatorSetup setup, PersonalFields fields, TimeProvider clock)
{
    /// <summary>More of them nobody needs, and a list has to stay readable.</summary>
    public const int MostFactors = 10;

    public Task<bool> HasAnyAsync(Guid account, CancellationToken stop) => db.Factors.AnyAsync(f => f.Account == account, stop);

    /// <summary>Uses up a code of an authenticator app or a recovery code; null when it is neither. Every one is compared, whichever matched.</summary>
    public async Task<FactorUsed?> UseCodeAsync(Account account, string? code, CancellationToken stop)
    {
        var (now, typed) = (clock.GetUtcNow(), string.Concat((code ?? "").Where(char.IsAsciiLetterOrDigit).Take(40)));
        FactorUsed? used = null;
        foreach (var factor in await db.Factors.Where(f => f.Account == account.Id && f.Kind == FactorKind.Authenticator).ToListAsync(stop))
        {
            if (Totp.FindStep(SecretOf(factor), typed, now, factor.LastStep) is not { } step) continue;
            (factor.LastStep, factor.LastUsedAt, used) = (step, now, FactorUsed.Authenticator);
        }

        var hash = RecoveryCode.Hash(fields, account.Id, typed);
        foreach (var recovery in await db.RecoveryCodes.Where(c => c.Account == account.Id && c.UsedAt == null).ToListAsync(stop))
        {
            if (!recovery.Is(hash)) continue;
            (recovery.UsedAt, used) = (now, FactorUsed.RecoveryCode);
        }

        return used;
    }

    /// <summary>Takes a passkey's answer; false when it is not one of the account's.</summary>
    public async Task<bool> UsePasskeyAsync(Account account, ChallengeUse use, string? challenge, string? answer, CancellationToken stop)
    {
        if (await passkeys.ReadAsync(account, use, challenge, answer) is not { } passkey) return false;
        if (await db.Factors.SingleOrDefaultAsync(f => f.Account == account.Id && f.CredentialId == passkey.CredentialId, stop) is not { } factor) return false;
        factor.Take(passkey);
        factor.LastUsedAt = clock.GetUtcNow();
        return true;
    }

    /// <summary>Keeps an authenticator whose first code proves that the app has the secret.</summary>
    public async Task<Outcome<Factor>> AddAuthenticatorAsync(Account account, string? offer, string? code, string? name, CancellationToken stop)
    {
        if (await CheckNewAsync(account, name, stop) is { } refusal) return refusal;
        if (setup.Open(offer, account.Id) is not { } secret) return new Refusal("OfferTooOld");
        var typed = string.Concat((code ?? "").Where(char.IsAsciiLetterOrDigit).Take(40));
        if (Totp.FindStep(secret, typed, clock.GetUtcNow(), lastStep: 0) is not { } step) return Refusal.OfField("code", "FirstCodeWrong");
        var factor = new Factor { Id = Guid.CreateVersion7(), Account = account.Id, Kind = FactorKind.Authenticator, Name = name!.Trim(), LastStep = step };
        factor.Secret = Factor.Sealing.Seal(fields, factor, "secret", Convert.ToHexString(secret));
        return Add(factor);
    }

    /// <summary>Keeps a new passkey.</summary>
    public async Task<Outcome<Factor>> AddPasskeyAsync(Account account, string? challenge, string? answer, string? name, CancellationToken stop)
    {
        if (await CheckNewAsync(account, name, stop) is { } refusal) return refusal;
        // The handler refuses one that is known already, too.
        if (await passkeys.ReadNewAsync(account, challenge, answer) is not { } passkey) return new Refusal("PasskeyRefused");
        var factor = new Factor { Id = Guid.CreateVersion7(), Account = account.Id, Kind = FactorKind.Passkey, Name = name!.Trim() };
        factor.Take(passkey);
        return Add(factor);
    }

    /// <summary>New recovery codes in plain; the old ones are gone.</summary>
    public async Task<IReadOnlyList<string>> MakeRecoveryCodesAsync(Guid account, CancellationToken stop)
    {
        await ForgetRecoveryCodesAsync(account, stop);
        var (now, codes) = (clock.GetUtcNow(), Enumerable.Range(0, RecoveryCode.Count).Select(_ => RecoveryCode.Make()).ToList());
        db.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCode { Id = Guid.CreateVersion7(), Account = account, CodeHash = RecoveryCode.Hash(fields, account, code), CreatedAt = now }));
        return codes;
    }

    /// <summary>Recovery codes for an account that has none left; empty when it has.</summary>
    public async Task<IReadOnlyList<string>> MakeMissingRecoveryCodesAsync(Guid account, CancellationToken stop) =>
        await db.RecoveryCodes.AnyAsync(c => c.Account == account && c.UsedAt == null, stop) ? [] : await MakeRecoveryCodesAsync(account, stop);

    /// <summary>Removes every factor and recovery code of an account.</summary>
    public async Task ForgetAllAsync(Guid account, CancellationToken stop)
    {
        db.Factors.RemoveRange(await db.Factors.Where(f => f.Account == account).ToListAsync(stop));
        await ForgetRecoveryCodesAsync(account, stop);
    }

    /// <summary>What is wrong with a name, or null.</summary>
    public static Refusal? CheckName(string? name) => name?.Trim() is { Length: > 0 and <= Factor.LongestName } ? null : Refusal.OfField("name", "FactorNameInvalid");

    private async Task ForgetRecoveryCodesAsync(Guid account, CancellationToken stop) => db.RecoveryCodes.RemoveRange(await db.RecoveryCodes.Where(c => c.Account == account).ToListAsync(stop));

    private async Task<Refusal?> CheckNewAsync(Account account, string? name, CancellationToken stop)
    {
        if (CheckName(name) is { } refusal) return refusal;
        var count = await db.Factors.CountAsync(f => f.Account == account.Id, stop);
        return count < MostFactors ? null : new Refusal("TooManyFactors") { Measured = FactValue.Count(count), Limit = FactValue.Count(MostFactors) };
    }

    private Factor Add(Factor factor)
    {
        factor.CreatedAt = clock.GetUtcNow();
        db.Factors.Add(factor);
        db.Context.Audit("accounts.factor.added", $"account/{factor.Account}", new { factor = factor.Id, kind = factor.Kind.ToString() });
        return factor;
    }

    private byte[] SecretOf(Factor factor) => Convert.FromHexString(Factor.Sealing.Open(fields, factor, "secret"));
}
