using Anlan.Toolkit.Access;
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

    private static readonly SqliteTuning Tuning = new();

    /// <summary>Adds the main database in the data folder.</summary>
    public static IServiceCollection AddAnlanData(this IServiceCollection services)
    {
        services.AddSingleton<CommitGate>();
        services.AddSingleton<PersonalFields>();
        services.AddScoped<CurrentActor>();
        services.AddDbContext<AnlanDb>((provider, options) => options.UseSqlite(
            $"Data Source={provider.GetRequiredService<DataFolder>().MainDatabase};Foreign Keys=True;Default Timeout=30",
            sqlite => sqlite.MigrationsAssembly(SqliteMigrations)).AddInterceptors(Tuning).ReplaceService<IModelCacheKeyFactory, ModelCacheKey>());
        return services;
    }

    /// <summary>Adds permissions as authorization policies.</summary>
    public static IServiceCollection AddPermissions(this IServiceCollection services, IEnumerable<PermissionGrant> grants)
    {
        services.AddSingleton(new PermissionTable(grants));
        services.AddSingleton<IAuthorizationPolicyProvider, PermissionPolicies>();
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        services.AddAuthorization();
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
