using Anlan.Accounts.Factors;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts.Registry;

/// <summary>
/// Identity's door to our own table in the one context. It never saves: the slice does, so that account, audit and events are one
/// transaction and the index follows.
/// </summary>
internal sealed class AccountStore(AccountsDb db) : IUserPasswordStore<Account>, IUserSecurityStampStore<Account>, IUserPasskeyStore<Account>
{
    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken)
    {
        db.Accounts.Add(user);
        return Task.FromResult(IdentityResult.Success);
    }

    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Success);

    /// <summary>Accounts are disabled, never deleted: the records name them.</summary>
    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException("Accounts are disabled, not deleted.");

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParse(userId, out var id) ? db.Accounts.SingleOrDefaultAsync(a => a.Id == id, cancellationToken) : Task.FromResult<Account?>(null);

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        db.Accounts.SingleOrDefaultAsync(a => a.NormalizedUserName == normalizedUserName, cancellationToken);

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.UserName);

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken)
    {
        user.UserName = userName;
        return Task.CompletedTask;
    }

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.NormalizedUserName);

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken)
    {
        user.NormalizedUserName = normalizedName;
        return Task.CompletedTask;
    }

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash;
        return Task.CompletedTask;
    }

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken cancellationToken)
    {
        user.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    /// <summary>Passkeys are factors: slices add and change them there, with their audit.</summary>
    public Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw new NotSupportedException("Slices add passkeys.");

    /// <summary>See <see cref="AddOrUpdatePasskeyAsync"/>.</summary>
    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) => throw new NotSupportedException("Slices remove passkeys.");

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) =>
        [.. (await db.Factors.Where(f => f.Account == user.Id && f.Kind == FactorKind.Passkey).ToListAsync(cancellationToken)).Select(f => f.ToPasskey())];

    public async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await db.Factors.SingleOrDefaultAsync(f => f.CredentialId == credentialId, cancellationToken) is { } factor ? await db.Accounts.SingleOrDefaultAsync(a => a.Id == factor.Account, cancellationToken) : null;

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        (await db.Factors.SingleOrDefaultAsync(f => f.Account == user.Id && f.CredentialId == credentialId, cancellationToken))?.ToPasskey();

    public void Dispose()
    {
        // The context belongs to the scope.
    }
}
