using Anlan.Samples.Client;

if (args is not [var server] || !Uri.TryCreate(server, UriKind.Absolute, out var address) || Environment.GetEnvironmentVariable("ANLAN_KEY") is not { Length: > 0 } key)
{
    Console.Error.WriteLine("Say where Anlan answers, and put an API key with \"See machines\" into ANLAN_KEY:");
    Console.Error.WriteLine("  ANLAN_KEY=anlan_… dotnet run --project samples/Client -- https://anlan.example");
    return 2;
}

return await MachineReport.WriteAsync(address, key, Console.Out, Console.Error);
