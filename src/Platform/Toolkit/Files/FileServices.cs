using Anlan.Toolkit.Data;
using Anlan.Toolkit.Log;
using Anlan.Toolkit.Outbox;
using Anlan.Toolkit.Retention;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Anlan.Toolkit.Files;

/// <summary>Registers evidence files.</summary>
public static class FileServices
{
    /// <summary>Section of the settings.</summary>
    public const string Section = "Anlan:Evidence:Files";

    /// <summary>Adds the store, its place and its entries of the log; whoever hosts starts <see cref="RemoveUnnamedFiles"/>.</summary>
    public static IServiceCollection AddEvidenceFiles(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<FilesOptions>().Bind(configuration.GetSection(Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<FilesOptions>, FilesOptionsCheck>();
        services.AddSingleton(provider => Open(provider.GetRequiredService<IOptions<FilesOptions>>().Value, provider.GetRequiredService<DataFolder>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<FileStore>();
        services.AddScoped<Attachments>();
        services.AddSingleton<LogKind>(FileLog.Named);
        services.AddSingleton<LogKind>(FileLog.Removed);
        services.AddSubscriber<FileAttached, RecordFile>();
        services.AddScoped<IStartUpStep, ForgetHalfWritten>();
        services.AddSingleton<RemoveUnnamedFiles>();
        services.AddRetention<AttachedFile>("files", f => f.WithdrawnAt != null, f => f.WithdrawnAt!.Value, (_, files, held) =>
            files.Where(f => (f.Person == null || !held.People.Contains(f.Person.Value)) && (f.Enterprise == null || !held.Enterprises.Contains(f.Enterprise.Value))));
        return services;
    }

    /// <summary>The place that settings describe, without a running server.</summary>
    /// <exception cref="OptionsValidationException">They describe none.</exception>
    public static IFileShelf OpenShelf(IConfiguration configuration, DataFolder data, TimeProvider clock)
    {
        var options = configuration.GetSection(Section).Get<FilesOptions>() ?? new FilesOptions();
        return FilesOptionsCheck.Faults(options).ToList() is { Count: > 0 } wrong ? throw new OptionsValidationException(Section, typeof(FilesOptions), wrong) : Open(options, data, clock);
    }

    private static IFileShelf Open(FilesOptions options, DataFolder data, TimeProvider clock) => options.Place == FilePlace.S3 ? new S3Shelf(options.S3, data) : new LocalShelf(data, clock);

    private sealed class ForgetHalfWritten(DataFolder data) : IStartUpStep
    {
        public Task RunAsync(AnlanDb db, CancellationToken stop)
        {
            FileStore.ClearIncoming(data);
            return Task.CompletedTask;
        }
    }
}
