using Anlan.Accounts.Credentials;
using Anlan.Accounts.Factors;
using Anlan.Accounts.Invitations;
using Anlan.Accounts.Organs;
using Anlan.Accounts.Proofs;
using Anlan.Accounts.Registry;
using Anlan.Accounts.Resets;
using Anlan.Accounts.Sessions;
using Anlan.Accounts.SetUp;
using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Retention;
using Anlan.Toolkit.Rules;
using Anlan.Toolkit.Ui;
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
        services.AddScoped<Invite>();
        services.AddScoped<InvitationChoices>();
        services.AddScoped<LookUpHolder>();
        services.AddScoped<ClaimAccount>();
        services.AddScoped<ListAccounts>();
        services.AddScoped<ExportAccounts>();
        services.AddScoped<EnableAccount>();
        services.AddDeskTasks<LapsingInvitationTasks>(AccountsPermissions.Invite);
        services.AddDeskTasks<EndingAssignmentTasks>(AccountsPermissions.EditOrgans);
        AddOrgans(services);
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
        OwnResets.Map(api);
    }

    /// <inheritdoc />
    public IReadOnlyList<PermissionGrant> Permissions =>
    [
        new(AccountsPermissions.View, RoleNames.Administrator, RoleNames.Bureau, RoleNames.SafetyManager),
        new(AccountsPermissions.Invite, RoleNames.Administrator, RoleNames.Bureau, RoleNames.SafetyManager),
        new(AccountsPermissions.Edit, RoleNames.Administrator),
        new(AccountsPermissions.Reset, RoleNames.Administrator, RoleNames.Bureau),
        new(AccountsPermissions.ViewOrgans, RoleNames.Administrator, RoleNames.Bureau),
        new(AccountsPermissions.EditOrgans, RoleNames.Administrator),
        new(AccountsPermissions.ViewSupervisors, RoleNames.Administrator, RoleNames.Bureau, RoleNames.SafetyManager),
    ];

    /// <inheritdoc />
    public IReadOnlyList<MenuEntry> Menu =>
    [
        new(MenuGroup.Base, "/organs", "Menu.Organs", typeof(Words), "flag", AccountsPermissions.ViewOrgans, 290),
        new(MenuGroup.Base, "/accounts", "Menu.Accounts", typeof(Words), "user", AccountsPermissions.View, 300),
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
        services.AddScoped<EndAssignment>();
        services.AddScoped<ShowSupervisors>();
        services.AddScoped<OrganChoices>();
        services.AddSubjectPanel<SupervisorsPanel>("enterprise", AccountsPermissions.ViewSupervisors, 50);
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
        services.AddScoped<AskForReset>();
        services.AddScoped<DecideReset>();
        services.AddScoped<ListResets>();
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
        });
        services.AddOptions<CookieAuthenticationOptions>(SessionCookie.Scheme).PostConfigure(cookie => cookie.TicketDataFormat = new RememberedTickets(cookie.TicketDataFormat));
        services.AddDataProtection().SetApplicationName("anlan");
        // Its keys lie unencrypted like all keys of the installation, in a folder that only the owner opens (docs/security.md).
        services.AddLogging(logs => logs.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
        services.AddOptions<KeyManagementOptions>().Configure<DataFolder, ILoggerFactory>((keys, data, logs) =>
            keys.XmlRepository = new FileSystemXmlRepository(Directory.CreateDirectory(Path.Combine(data.Keys, "data-protection")), logs));
    }
}
