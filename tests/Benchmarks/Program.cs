using System.CommandLine;
using Anlan.Benchmarks.Interlock;
using Anlan.Benchmarks.Scopes;
using Anlan.Benchmarks.Startup;

var root = new RootCommand("The measured claims of the README. Each bench prints one JSON object as its last line.")
{
    StartupBench.Command(),
    InterlockBench.Command(),
    ScopeBench.Command(),
    MosquittoBaseline.Command(),
};
return await root.Parse(args).InvokeAsync();
