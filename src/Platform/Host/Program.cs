using Anlan.Host;

if (args is [MigrateStore.Verb, .. var rest]) return await MigrateStore.RunAsync(rest, Console.Out, CancellationToken.None);
if (args is [Verify.Verb, .. var asked]) return await Verify.RunAsync(asked, Console.Out, CancellationToken.None);

await using var app = HostApplication.Build(args);
await app.StartAsync();
await app.WaitForShutdownAsync();
return 0;
