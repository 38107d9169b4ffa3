using System.CommandLine;
using Anlan.Simulator.Rosters;

namespace Anlan.Simulator.Verbs;

/// <summary><c>sign-ins</c>: whom one can sign in as.</summary>
internal static class SignInsVerb
{
    public static Command Make()
    {
        var (roster, server) = (Options.Roster(), Options.Server());
        var command = new Command("sign-ins", "Print the demo sign-ins of a roster.") { roster, server };
        command.SetAction((parsed, stop) => Options.RunAsync(_ =>
        {
            Print(Roster.Read(parsed.GetRequiredValue(roster)), parsed.GetValue(server), Console.Out);
            return Task.CompletedTask;
        }, stop));
        return command;
    }

    internal static void Print(Roster roster, string? server, TextWriter output)
    {
        output.WriteLine("Demo sign-ins (invented people):");
        foreach (var desk in roster.Desks) output.WriteLine($"  {desk.Role,-22} {desk.UserName,-12} {desk.Password}{(desk.Post is { } post ? "  " + post : "")}");
        foreach (var group in roster.Welders.GroupBy(welder => welder.Standing, StringComparer.Ordinal))
        {
            var welder = group.First();
            output.WriteLine($"  {"welder",-22} {welder.UserName,-12} {welder.Password}  PIN {welder.Pin}  {welder.Standing}; machines {string.Join(", ", welder.Machines.Take(3))}");
        }

        if (roster.Welders is [{ Machines: [var code, ..] }, ..]) output.WriteLine($"Start a machine on a phone: {(server ?? roster.Server).TrimEnd('/')}/w/{code}");
    }
}
