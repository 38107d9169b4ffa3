using System.CommandLine;
using Anlan.Benchmarks.Alarms;
using Anlan.Benchmarks.Conformance;
using Anlan.Benchmarks.Connections;
using Anlan.Benchmarks.Detection;
using Anlan.Benchmarks.Failover;
using Anlan.Benchmarks.Growth;
using Anlan.Benchmarks.Import;
using Anlan.Benchmarks.Interlock;
using Anlan.Benchmarks.Revocation;
using Anlan.Benchmarks.Scopes;
using Anlan.Benchmarks.Soak;
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
    FailoverBench.Command(),
    AlarmsBench.Command(),
    ConformanceBench.Command(),
    DetectionBench.Command(),
    SoakBench.Command(),
    MosquittoBaseline.Command(),
};
return await root.Parse(args).InvokeAsync();
