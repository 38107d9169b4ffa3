using Anlan.Contracts.Accounts;
using Anlan.Contracts.Enterprises;
using Anlan.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Import;
using Anlan.Toolkit.Modules;
using Anlan.Toolkit.Retention;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Host.Imports;

/// <summary>The contents page of imports: one way in for files of every module's records.</summary>
public sealed class ImportsModule : IModule
{
    /// <inheritdoc />
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddImports();
        services.AddScoped<OwnForms>();
        services.AddScoped<OwnRun>();
        services.AddScoped<IPersonRecords, ImportRecords>();
        services.AddSingleton<UploadTurn>();
        services.AddScoped<ListForms>();
        services.AddScoped<DownloadTemplate>();
        services.AddScoped<UploadImport>();
        services.AddScoped<ListImports>();
        services.AddScoped<ExportImports>();
        services.AddScoped<ShowImport>();
        services.AddScoped<ListFaults>();
        services.AddScoped<DownloadFaults>();
        services.AddScoped<ApplyImport>();
        services.AddScoped<UndoImport>();
        services.AddScoped<DiscardImport>();
        services.AddRetention<ImportRun>("imports", r => !ImportRun.Running.Contains(r.State), r => r.ChangedAt, null, RemovePartsAsync);
    }

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder api)
    {
        ListForms.Map(api);
        DownloadTemplate.Map(api);
        UploadImport.Map(api);
        ListImports.Map(api);
        ExportImports.Map(api);
        ShowImport.Map(api);
        ListFaults.Map(api);
        DownloadFaults.Map(api);
        ApplyImport.Map(api);
        UndoImport.Map(api);
        DiscardImport.Map(api);
    }

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions =>
        [new(ImportsPermissions.Run, typeof(Words), Standing.Installation | Standing.Organ | Standing.Enterprise, [RoleNames.SystemAdministrator, .. RoleNames.Bureaus, RoleNames.SafetyManager]) { AtInstallation = Duty.System }];

    /// <inheritdoc />
    public IReadOnlyList<MenuEntry> Menu => [new(MenuGroup.Base, "/imports", "Menu.Imports", typeof(Words), "table", ImportsPermissions.Run, 400)];

    private static async Task RemovePartsAsync(AnlanDb db, List<ImportRun> runs, CancellationToken stop)
    {
        var ids = runs.ConvertAll(run => run.Id);
        await db.Set<ImportPart>().Where(part => ids.Contains(part.Run)).ExecuteDeleteAsync(stop);
    }
}
