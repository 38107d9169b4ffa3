using Anlan.Accounts.Invitations;
using Anlan.Accounts.Registry;
using Anlan.Toolkit.Data;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Accounts;

/// <summary>The tables of Accounts, seen through the one context.</summary>
internal sealed class AccountsDb(AnlanDb db)
{
    public DbSet<Account> Accounts => db.Set<Account>();

    public DbSet<Invitation> Invitations => db.Set<Invitation>();

    public AnlanDb Context => db;
}
