using System.CommandLine;
using Anlan.Benchmarks.Connections;
using Anlan.Benchmarks.Growth;
using Anlan.Benchmarks.Import;
using Anlan.Benchmarks.Interlock;
using Anlan.Benchmarks.Revocation;
using Anlan.Benchmarks.Scopes;
using Anlan.Benchmarks.Startup;
using Anlan.Benchmarks.Telemetry;

var root = new RootCommand("The measured claims of the README. Each bench prints one JSON object as its last line.")
{
    StartupBench.Command(),
    InterlockBench.Command(),
    ImportBench.Command(),
    TelemetryBench.Command(),
    ScopeBench.Command(),
    ConnectionsBench.Command(),
    RevokeBench.Command(),
    GrowthBench.Command(),
    MosquittoBaseline.Command(),
};
return await root.Parse(args).InvokeAsync();
