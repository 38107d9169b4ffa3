using Anlan.Accounts.Audit;
using Anlan.Accounts.CertificateClaims;
using Anlan.Accounts.Credentials;
using Anlan.Accounts.Delegations;
using Anlan.Accounts.Factors;
using Anlan.Accounts.Invitations;
using Anlan.Accounts.Keys;
using Anlan.Accounts.Organs;
using Anlan.Accounts.Proofs;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Resets;
using Anlan.Accounts.Roles;
using Anlan.Accounts.Sessions;
using Anlan.Accounts.SetUp;
using Anlan.Accounts.Slips;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Import;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Retention;
using Anlan.Toolkit.Rules;
using Anlan.Toolkit.Ui;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Anlan.Accounts;

/// <summary>The contents page of Accounts.</summary>
public sealed class AccountsModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AccountsOptions>().Bind(configuration.GetSection("Anlan:Accounts")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<AccountsOptions>().Configure(accounts => accounts.DemandsSecondFactor = !configuration.GetValue("Anlan:Demo", false));
        AddIdentity(services);
        AddSessions(services);
        AddFactors(services);
        AddResets(services);
        services.AddLocalization();
        services.AddScoped<AccountsDb>();
        services.AddEntityIndex<AccountIndex>();
        services.AddSingleton<Turns>();
        services.AddSingleton<FailureBrake>();
        services.AddSingleton<SetUpLink>();
        services.TryAddSingleton<PublicBaseUrl>();
        services.AddHostedService<AnnounceSetUp>();
        services.AddSingleton(new AskedQuestions(ProofQuestions.Age));
        services.AddSingleton<IAccountNames, AccountNames>();
        services.AddSingleton<IStaff, Staff>();
        services.AddSingleton<PersonProofs>();
        services.AddSingleton<IPersonProofs>(provider => provider.GetRequiredService<PersonProofs>());
        services.AddSingleton<SlipTray>();
        services.AddScoped<MakeFirstAdministrator>();
        services.AddScoped<SignIn>();
        services.AddScoped<SignOut>();
        services.AddScoped<ShowMe>();
        services.AddScoped<ProveWithPin>();
        services.AddScoped<IPinProofs>(provider => provider.GetRequiredService<ProveWithPin>());
        services.AddScoped<InvitationMessage>();
        services.AddScoped<IPersonRecords, HolderRecords>();
        services.AddRetention<Invitation>("invitations", i => i.ClosedAt != null, i => i.ClosedAt!.Value, (_, invitations, held) =>
        {
            var people = held.People.Select(person => new PersonId(person)).ToList();
            return invitations.Where(i => i.Person == null || !people.Contains(i.Person.Value));
        });
        services.AddRetention<SignInSession>("signIns", s => s.EndedAt != null, s => s.EndedAt!.Value, (db, sessions, held) =>
        {
            var people = held.People.Select(person => new PersonId(person)).ToList();
            return sessions.Where(s => !db.Set<Account>().Any(a => a.Id == s.Account && a.Person != null && people.Contains(a.Person.Value)));
        });
        services.AddScoped<NewInvitation>();
        services.AddScoped<Invite>();
        services.AddSlips();
        services.AddCertificateClaims();
        services.AddScoped<InvitationChoices>();
        services.AddScoped<LookUpHolder>();
        services.AddScoped<ClaimAccount>();
        services.AddScoped<ListAccounts>();
        services.AddScoped<ExportAccounts>();
        services.AddScoped<EnableAccount>();
        services.AddDeskTasks<LapsingInvitationTasks>(AccountsPermissions.Invite);
        services.AddDeskTasks<EndingAssignmentTasks>(AccountsPermissions.EditOrgans);
        AddOrgans(services);
        AddRoles(services);
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder api)
    {
        MakeFirstAdministrator.Map(api);
        SignIn.Map(api);
        SignOut.Map(api);
        ShowMe.Map(api);
        ProveWithPin.Map(api);
        Invite.Map(api);
        ClaimAccount.Map(api);
        api.MapSlips();
        api.MapCertificateClaims();
        ListAccounts.Map(api);
        ExportAccounts.Map(api);
        EnableAccount.Map(api);
        ListOrgans.Map(api);
        ExportOrgans.Map(api);
        ShowOrgan.Map(api);
        EnterOrgan.Map(api);
        EditOrgan.Map(api);
        CloseOrgan.Map(api);
        AssignSupervision.Map(api);
        EndAssignment.Map(api);
        ShowSupervisors.Map(api);
        GiveFactor.Map(api);
        EnrolAtSignIn.Map(api);
        ListSignIns.Map(api);
        EndSignIn.Map(api);
        KeepSession.Map(api);
        ShowFactors.Map(api);
        AddFactor.Map(api);
        RenameFactor.Map(api);
        RemoveFactor.Map(api);
        RenewRecoveryCodes.Map(api);
        ChangePassword.Map(api);
        ProveWithPasskey.Map(api);
        AskForReset.Map(api);
        DecideReset.Map(api);
        ListResets.Map(api);
        ExportResets.Map(api);
        OwnResets.Map(api);
        ListRoles.Map(api);
        ExportRoles.Map(api);
        ShowRole.Map(api);
        EditRole.Map(api);
        ChangeRole.Map(api);
        ListDelegations.Map(api);
        ExportDelegations.Map(api);
        MakeDelegation.Map(api);
        RevokeDelegation.Map(api);
        ListKeys.Map(api);
        ExportKeys.Map(api);
        MakeKey.Map(api);
        RevokeKey.Map(api);
        MakeServiceAccount.Map(api);
        ListAudit.Map(api);
        ExportAudit.Map(api);
    }

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions =>
    [
        new(AccountsPermissions.View, typeof(Words), Standing.Installation | Standing.Organ | Standing.Enterprise, [RoleNames.SecurityAdministrator, .. RoleNames.Bureaus, RoleNames.SafetyManager]) { Duty = Duty.Security },
        new(AccountsPermissions.Invite, typeof(Words), Standing.Installation | Standing.Organ | Standing.Enterprise, [RoleNames.SecurityAdministrator, .. RoleNames.Bureaus, RoleNames.SafetyManager]) { Duty = Duty.Security },
        new(AccountsPermissions.Edit, typeof(Words), Standing.Installation, [RoleNames.SecurityAdministrator]) { Duty = Duty.Security },
        new(AccountsPermissions.Reset, typeof(Words), Standing.Installation | Standing.Organ, [RoleNames.SecurityAdministrator, .. RoleNames.Bureaus]) { Duty = Duty.Security },
        new(AccountsPermissions.ViewRoles, typeof(Words), Standing.Installation, [RoleNames.SecurityAdministrator, RoleNames.AuditAdministrator]),
        new(AccountsPermissions.EditRoles, typeof(Words), Standing.Installation, [RoleNames.SecurityAdministrator]) { Duty = Duty.Security },
        new(AccountsPermissions.OwnKeys, typeof(Words), Standing.Organ | Standing.Enterprise, [.. RoleNames.Bureaus, RoleNames.SafetyManager]) { InPerson = true },
        new(AccountsPermissions.EditKeys, typeof(Words), Standing.Installation, [RoleNames.SecurityAdministrator]) { Duty = Duty.Security },
        new(AccountsPermissions.Delegate, typeof(Words), Standing.Organ | Standing.Enterprise, [.. RoleNames.Bureaus, RoleNames.FireBrigade, RoleNames.JointDepartment, RoleNames.PrincipalResponsible, RoleNames.SafetyManager]) { InPerson = true },
        new(AccountsPermissions.OwnDelegations, typeof(Words), Standing.Organ | Standing.Enterprise, [.. RoleNames.Organs, .. RoleNames.Enterprises]) { InPerson = true },
        new(AccountsPermissions.ViewDelegations, typeof(Words), Standing.Installation | Standing.Organ, [RoleNames.SecurityAdministrator, .. RoleNames.Bureaus]),
        new(AccountsPermissions.ViewAudit, typeof(Words), Standing.Installation, [RoleNames.AuditAdministrator]) { Duty = Duty.Audit },
        new(AccountsPermissions.ViewOrgans, typeof(Words), Standing.Installation | Standing.Organ, [RoleNames.SystemAdministrator, RoleNames.SecurityAdministrator, .. RoleNames.Bureaus, RoleNames.SafetyCommitteeOffice, RoleNames.FireBrigade, RoleNames.JointDepartment]),
        new(AccountsPermissions.EditOrgans, typeof(Words), Standing.Installation, [RoleNames.SystemAdministrator]) { Duty = Duty.System },
        new(AccountsPermissions.ViewSupervisors, typeof(Words), Standing.Organ | Standing.Enterprise, [.. RoleNames.Bureaus, RoleNames.SafetyCommitteeOffice, RoleNames.FireBrigade, RoleNames.JointDepartment, RoleNames.PrincipalResponsible, RoleNames.SafetyManager]),
    ];

    /// <inheritdoc />
    public IReadOnlyList<MenuEntry> Menu =>
    [
        new(MenuGroup.Base, "/organs", "Menu.Organs", typeof(Words), "flag", AccountsPermissions.ViewOrgans, 290),
        new(MenuGroup.Base, "/accounts", "Menu.Accounts", typeof(Words), "user", AccountsPermissions.View, 300),
        new(MenuGroup.Base, "/roles", "Menu.Roles", typeof(Words), "shield", AccountsPermissions.ViewRoles, 310),
        new(MenuGroup.Base, "/delegations", "Menu.Delegations", typeof(Words), "move", AccountsPermissions.OwnDelegations, 320),
        new(MenuGroup.Base, "/delegations/all", "Menu.AllDelegations", typeof(Words), "list", AccountsPermissions.ViewDelegations, 325),
        new(MenuGroup.Base, "/keys", "Menu.Keys", typeof(Words), "hash", AccountsPermissions.OwnKeys, 330),
        new(MenuGroup.Base, "/keys/all", "Menu.AllKeys", typeof(Words), "hash", AccountsPermissions.EditKeys, 335),
        new(MenuGroup.Base, "/audit", "Menu.Audit", typeof(Words), "clip", AccountsPermissions.ViewAudit, 790),
    ];

    private static void AddOrgans(IServiceCollection services)
    {
        services.AddEntityIndex<OrganIndex>();
        services.AddEntityIndex<AssignmentIndex>();
        services.AddSingleton<Jurisdiction>();
        services.AddSingleton<IScopes, ActorScopes>();
        services.AddScoped<AccountScope>();
        services.AddScoped<ListOrgans>();
        services.AddScoped<ExportOrgans>();
        services.AddScoped<ShowOrgan>();
        services.AddScoped<EnterOrgan>();
        services.AddScoped<EditOrgan>();
        services.AddScoped<CloseOrgan>();
        services.AddScoped<AssignSupervision>();
        services.AddScoped<IRecordUses, AccountUses>();
        services.AddImportSheet(AssignmentSheet.Form);
        services.AddScoped<EndAssignment>();
        services.AddScoped<ShowSupervisors>();
        services.AddScoped<OrganChoices>();
        services.AddSubjectPanel<SupervisorsPanel>("enterprise", AccountsPermissions.ViewSupervisors, 50);
    }

    private static void AddRoles(IServiceCollection services)
    {
        services.AddEntityIndex<RoleBook>();
        services.AddSingleton<DoorRules>();
        services.AddEntityIndex<DelegationIndex>();
        services.AddEntityIndex<KeyIndex>();
        services.AddSingleton<IRoles>(provider => provider.GetRequiredService<RoleBook>());
        services.AddSingleton<IPermissions, HeldPermissions>();
        services.AddSingleton<PermissionWords>();
        services.AddScoped<ListRoles>();
        services.AddScoped<ExportRoles>();
        services.AddScoped<ShowRole>();
        services.AddScoped<EditRole>();
        services.AddScoped<ChangeRole>();
        services.AddScoped<EndDelegations>();
        services.AddScoped<ListDelegations>();
        services.AddScoped<ExportDelegations>();
        services.AddScoped<MakeDelegation>();
        services.AddScoped<RevokeDelegation>();
        services.AddSingleton<KeyUses>();
        services.AddScoped<ListKeys>();
        services.AddScoped<ExportKeys>();
        services.AddScoped<MakeKey>();
        services.AddScoped<RevokeKey>();
        services.AddScoped<MakeServiceAccount>();
        services.AddScoped<AuditWords>();
        services.AddScoped<ListAudit>();
        services.AddScoped<ExportAudit>();
        services.AddScoped<FirstSteps>();
        services.AddDeskTasks<FirstStepTasks>(AccountsPermissions.Edit);
    }

    private static void AddIdentity(IServiceCollection services)
    {
        services.AddScoped<IUserStore<Account>, AccountStore>();
        services.AddScoped<CredentialBox>();
        services.AddSingleton<Decoy>();
        // Our own rules (CredentialRules) run first and name the field; Identity's default demands for symbols are off.
        services.AddIdentityCore<Account>(identity =>
        {
            identity.User.AllowedUserNameCharacters = "";
            identity.Password.RequiredLength = CredentialRules.ShortestPassword;
            identity.Password.RequireDigit = identity.Password.RequireLowercase = identity.Password.RequireUppercase = identity.Password.RequireNonAlphanumeric = false;
        });
        services.AddOptions<PasswordHasherOptions>().Configure<IOptions<AccountsOptions>>((hasher, accounts) => hasher.IterationCount = accounts.Value.HashIterations);
    }

    private static void AddFactors(IServiceCollection services)
    {
        services.AddSingleton<AuthenticatorSetup>();
        services.AddSingleton<PasskeyTray>();
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.AddOptions<IdentityPasskeyOptions>().Configure(passkeys =>
        {
            // A passkey counts as the person only after finger, face or PIN; where it is stored is its owner's choice.
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "discouraged";
            passkeys.AttestationConveyancePreference = "none";
            passkeys.ValidateOrigin = PasskeyOrigin.ValidateAsync;
        });
        services.AddScoped<Passkeys>();
        services.AddScoped<FactorBox>();
        services.AddScoped<OwnerCheck>();
        services.AddSingleton<BreachedPasswords>();
        services.AddSingleton<IStartUpStep>(provider => provider.GetRequiredService<BreachedPasswords>());
        services.AddSingleton<PasswordCheck>();
        services.AddScoped<ShowFactors>();
        services.AddScoped<AddFactor>();
        services.AddScoped<RenameFactor>();
        services.AddScoped<RemoveFactor>();
        services.AddScoped<RenewRecoveryCodes>();
        services.AddScoped<ChangePassword>();
        services.AddScoped<ProveWithPasskey>();
        services.AddScoped<IPasskeyProofs>(provider => provider.GetRequiredService<ProveWithPasskey>());
    }

    private static void AddResets(IServiceCollection services)
    {
        services.AddScoped<ResetReach>();
        services.AddScoped<AskForReset>();
        services.AddScoped<DecideReset>();
        services.AddScoped<ListResets>();
        services.AddScoped<ExportResets>();
        services.AddScoped<OwnResets>();
        services.AddDeskTasks<ResetTasks>(AccountsPermissions.Reset);
    }

    private static void AddSessions(IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddEntityIndex<SessionIndex>();
        services.AddSingleton<SessionCheck>();
        services.AddHostedService<SessionClockwork>();
        services.AddSingleton<HalfEntry>();
        services.AddScoped<SessionDesk>();
        services.AddScoped<GiveFactor>();
        services.AddScoped<EnrolAtSignIn>();
        services.AddScoped<AfterSignIn>();
        services.AddScoped<ListSignIns>();
        services.AddScoped<EndSignIn>();
        services.AddScoped<KeepSession>();
        services.AddSingleton<SessionCookieEvents>();
        services.AddScoped<AuthenticationStateProvider, AccountAuthenticationState>();
        services.AddAuthentication(SessionCookie.Scheme).AddCookie(SessionCookie.Scheme, cookie =>
        {
            cookie.Cookie.Name = "anlan";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.IsEssential = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // The session's row says when it ends.
            cookie.SlidingExpiration = false;
            cookie.EventsType = typeof(SessionCookieEvents);
            // A program brings a key instead; signing in and out stay with the cookie.
            cookie.ForwardDefaultSelector = KeySignIn.Choose;
            cookie.ForwardSignIn = cookie.ForwardSignOut = SessionCookie.Scheme;
        }).AddScheme<AuthenticationSchemeOptions, KeySignIn>(KeySignIn.SchemeName, null);
        services.AddOptions<CookieAuthenticationOptions>(SessionCookie.Scheme).PostConfigure(cookie => cookie.TicketDataFormat = new RememberedTickets(cookie.TicketDataFormat));
        services.AddDataProtection().SetApplicationName("anlan");
        // Its keys lie unencrypted like all keys of the installation, in a folder that only the owner opens (docs/security.md).
        services.AddLogging(logs => logs.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
        services.AddOptions<KeyManagementOptions>().Configure<DataFolder, ILoggerFactory>((keys, data, logs) =>
            keys.XmlRepository = new FileSystemXmlRepository(Directory.CreateDirectory(Path.Combine(data.Keys, "data-protection")), logs));
    }
}
