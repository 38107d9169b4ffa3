using System.Security.Cryptography;
using Anlan.Accounts.Registry;
using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Anlan.Accounts.Credentials;

/// <summary>Sets and checks passwords and PINs with Identity's hasher; the slice saves.</summary>
internal sealed class CredentialBox(UserManager<Account> users, IPasswordHasher<Account> hasher, PersonalFields fields, Decoy decoy)
{
    /// <summary>Adds an account; refused when the user name is taken.</summary>
    public async Task<Refusal?> AddAsync(Account account, string password) => Read(await users.CreateAsync(account, password));

    /// <summary>Adds an account whose password and PIN were hashed before (<see cref="Hash"/>); refused when the user name is taken.</summary>
    public async Task<Refusal?> AddHashedAsync(Account account)
    {
        ChangeStamp(account);
        return Read(await users.CreateAsync(account));
    }

    /// <summary>Hashes a password and a PIN for an account that is still to be made under this id.</summary>
    public (string Password, string Pin) Hash(Guid account, string password, string pin)
    {
        var future = new Account { Id = account, Role = "" };
        return (hasher.HashPassword(future, password), hasher.HashPassword(future, Keyed(future, pin)));
    }

    private static Refusal? Read(IdentityResult result)
    {
        if (result.Succeeded) return null;
        return result.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.DuplicateUserName))
            ? Refusal.OfField("userName", "UserNameTaken")
            : throw new InvalidOperationException($"Identity refused what our own rules had passed: {string.Join(", ", result.Errors.Select(e => e.Code))}.");
    }

    public Task<Account?> FindByNameAsync(string userName) => users.FindByNameAsync(userName);

    public string Normalize(string userName) => users.NormalizeName(userName) ?? "";

    public Task<bool> IsPasswordAsync(Account account, string password) => users.CheckPasswordAsync(account, password);

    /// <summary>Replaces the password, ends all sessions and proofs, lifts the locks.</summary>
    public void ReplacePassword(Account account, string password)
    {
        account.PasswordHash = hasher.HashPassword(account, password);
        account.SignInLock.Clear();
        ChangeStamp(account);
    }

    /// <summary>Replaces the PIN, ends all sessions and proofs, lifts the lock.</summary>
    public void ReplacePin(Account account, string pin)
    {
        account.PinHash = hasher.HashPassword(account, Keyed(account, pin));
        account.PinLock.Clear();
        ChangeStamp(account);
    }

    public bool IsPin(Account account, string pin) =>
        account.PinHash is { } hash && hasher.VerifyHashedPassword(account, hash, Keyed(account, pin)) != PasswordVerificationResult.Failed;

    /// <summary>Makes every cookie and proof given out so far worthless.</summary>
    public static void ChangeStamp(Account account) => account.SecurityStamp = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    /// <summary>Takes as long as checking a password: whether an account exists cannot be told by the clock.</summary>
    public void PretendToCheck(string password) => decoy.Check(password);

    private string Keyed(Account account, string pin) => fields.Keyed(pin, $"accounts/pin/{account.Id}");
}

/// <summary>A hash that nobody's password matches.</summary>
internal sealed class Decoy(IOptions<PasswordHasherOptions> options)
{
    private readonly PasswordHasher<Account> _hasher = new(options);
    private readonly Account _nobody = new() { Role = "" };
    private readonly Lazy<string> _hash = new(() => new PasswordHasher<Account>(options).HashPassword(new Account { Role = "" }, Convert.ToHexString(RandomNumberGenerator.GetBytes(32))));

    public void Check(string password) => _hasher.VerifyHashedPassword(_nobody, _hash.Value, password);
}
