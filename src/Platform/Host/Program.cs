using Anlan.Host;

await using var app = HostApplication.Build(args);
await app.StartAsync();
await app.WaitForShutdownAsync();
