using Anlan.Accounts.CertificateClaims;
using Anlan.Accounts.Delegations;
using Anlan.Accounts.Factors;
using Anlan.Accounts.Invitations;
using Anlan.Accounts.Keys;
using Anlan.Accounts.Organs;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Resets;
using Anlan.Accounts.Roles;
using Anlan.Accounts.Sessions;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts;

/// <summary>The tables of Accounts, seen through the one context.</summary>
internal sealed class AccountsDb(AnlanDb db)
{
    public DbSet<Account> Accounts => db.Set<Account>();

    public DbSet<Invitation> Invitations => db.Set<Invitation>();

    public DbSet<CertificateClaim> CertificateClaims => db.Set<CertificateClaim>();

    public DbSet<SignInSession> Sessions => db.Set<SignInSession>();

    public DbSet<Factor> Factors => db.Set<Factor>();

    public DbSet<RecoveryCode> RecoveryCodes => db.Set<RecoveryCode>();

    public DbSet<Reset> Resets => db.Set<Reset>();

    public DbSet<Organ> Organs => db.Set<Organ>();

    public DbSet<SupervisionAssignment> Assignments => db.Set<SupervisionAssignment>();

    public DbSet<Role> Roles => db.Set<Role>();

    public DbSet<Delegation> Delegations => db.Set<Delegation>();

    public DbSet<ApiKey> Keys => db.Set<ApiKey>();

    public AnlanDb Context => db;
}
