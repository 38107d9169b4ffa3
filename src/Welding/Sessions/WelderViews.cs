using Anlan.Toolkit.Personal;

namespace Anlan.Welding.Sessions;

/// <summary>Where Welding shows people, always by their masked name.</summary>
internal static class WelderViews
{
    public static readonly PersonalView Sessions = new("welding.sessions", PersonalField.Name);

    public static readonly PersonalView SessionsExport = new("welding.sessions.export", PersonalField.Name) { IsExport = true };

    public static readonly PersonalView Refusals = new("welding.refusals", PersonalField.Name);

    public static readonly PersonalView RefusalsExport = new("welding.refusals.export", PersonalField.Name) { IsExport = true };

    public static readonly PersonalView Timeline = new("welding.timeline", PersonalField.Name);

    public static readonly PersonalView Decision = new("welding.decision", PersonalField.Name);

    public static readonly PersonalView DecisionExport = new("welding.decision.export", PersonalField.Name) { IsExport = true };

    public static readonly PersonalView Board = new("welding.board", PersonalField.Name);

    public static readonly PersonalView Profile = new("welding.profile", PersonalField.Name);

    public static readonly PersonalView ProfileExport = new("welding.profile.export", PersonalField.Name) { IsExport = true };

    public static readonly PersonalView Problems = new("welding.problems", PersonalField.Name);

    public static readonly PersonalView ProblemsExport = new("welding.problems.export", PersonalField.Name) { IsExport = true };

    public static readonly PersonalView Owner = new("welding.owner", PersonalField.Name);
}
