using Anlan.Toolkit.Access;
using Anlan.Toolkit.Cluster;
using Anlan.Toolkit.Http;
using Anlan.Toolkit.Outbox;
using Anlan.Toolkit.Personal;
using Anlan.Toolkit.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Toolkit.Data;

/// <summary>Registers the context, its indexes and the personal-field keys.</summary>
public static class DataServices
{
    /// <summary>Name of the assembly with the SQLite migrations.</summary>
    public const string SqliteMigrations = "Anlan.Migrations.Sqlite";

    /// <summary>Name of the assembly with the PostgreSQL migrations.</summary>
    public const string PostgresMigrations = "Anlan.Migrations.Postgres";

    private static readonly SqliteTuning Tuning = new();

    /// <summary>Adds the main database: the one that is configured, else a file in the data folder.</summary>
    public static IServiceCollection AddAnlanData(this IServiceCollection services, DatabaseChoice choice)
    {
        services.AddSingleton(choice);
        services.AddSingleton<CommitGate>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<Audience>();
        services.AddSingleton<PersonalFields>();
        services.AddSingleton<ResealJob>();
        services.AddScoped<CurrentActor>();
        services.AddScoped<CurrentScope>();
        // The same options for every request: working them out anew would cost a tenth of a small answer.
        services.AddDbContext<AnlanDb>((provider, options) =>
        {
            Use(options, choice, provider.GetRequiredService<DataFolder>().MainDatabase);
            options.GuardLease(provider);
        }, optionsLifetime: ServiceLifetime.Singleton);
        services.AddSingleton<AccessLog>();
        services.AddScoped<PeopleSeen>();
        services.AddScoped<ListFile>();
        return services;
    }

    /// <summary>Points a context at the chosen database.</summary>
    /// <param name="options">The context's options.</param>
    /// <param name="choice">Which one.</param>
    /// <param name="file">The SQLite file, when it is that.</param>
    public static void Use(DbContextOptionsBuilder options, DatabaseChoice choice, string file)
    {
        if (choice.Tables is { } connection) options.UseNpgsql(connection, postgres => postgres.MigrationsAssembly(PostgresMigrations));
        else options.UseSqlite($"Data Source={file};Foreign Keys=True;Default Timeout=30", sqlite => sqlite.MigrationsAssembly(SqliteMigrations)).AddInterceptors(Tuning);
        options.ReplaceService<IModelCacheKeyFactory, ModelCacheKey>();
    }

    /// <summary>Adds permissions as authorization policies; <see cref="IPermissions"/> says who holds them.</summary>
    public static IServiceCollection AddPermissions(this IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationPolicyProvider, PermissionPolicies>();
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        services.AddSingleton<SlicePermissions>();
        // Only what a permission opens is open to a key: what merely asks for somebody signed in is for people.
        services.AddAuthorization(asked =>
        {
            asked.DefaultPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(context => !context.User.HasClaim(claim => claim.Type == Actor.KeyClaim)).Build();
            asked.AddPolicy(PermissionExtensions.KeyPolicy, anybody => anybody.RequireAuthenticatedUser());
        });
        return services;
    }

    /// <summary>Adds an owner's index and offers it under its own type.</summary>
    public static IServiceCollection AddEntityIndex<TIndex>(this IServiceCollection services) where TIndex : class, IEntityIndex
    {
        services.AddSingleton<TIndex>();
        services.AddSingleton<IEntityIndex>(provider => provider.GetRequiredService<TIndex>());
        return services;
    }
}
