using Anlan.Host;
using Microsoft.Extensions.Options;

const string ConfigurationBinder = "Microsoft.Extensions.Configuration.Binder";

try
{
    switch (args)
    {
        case [MigrateStore.Verb, .. var rest]: return await MigrateStore.RunAsync(rest, Console.Out, CancellationToken.None);
        case [Verify.Verb, .. var rest]: return await Verify.RunAsync(rest, Console.Out, CancellationToken.None);
        case [BackUpInstallation.Verb, .. var rest]: return await BackUpInstallation.RunAsync(rest, Console.Out, CancellationToken.None);
        case [RestoreInstallation.Verb, .. var rest]: return await RestoreInstallation.RunAsync(rest, Console.Out, CancellationToken.None);
    }

    await using var app = HostApplication.Build(args);
    await app.StartAsync();
    await app.WaitForShutdownAsync();
    return 0;
}
// What an operator wrote wrongly is told in a line; anything else is a fault of the program and keeps its trace.
catch (OptionsValidationException fault)
{
    foreach (var failure in fault.Failures) await Console.Error.WriteLineAsync($"Anlan does not start: {failure}");
    return 1;
}
catch (InvalidOperationException fault) when (fault is { Source: ConfigurationBinder })
{
    await Console.Error.WriteLineAsync($"Anlan does not start: {fault.Message}");
    return 1;
}
