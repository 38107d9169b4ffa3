using System.CommandLine;
using Anlan.Simulator.Verbs;

var root = new RootCommand("Pretend chips, sites and people for Anlan, over the same doors as the real ones.")
{
    CameraVerb.Make(),
    ChipsVerb.Make(),
    ChipVerb.Make(),
    CountyVerb.Make(),
    SignInsVerb.Make(),
};
return await root.Parse(args).InvokeAsync();
