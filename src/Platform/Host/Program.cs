using Anlan.Host;

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
