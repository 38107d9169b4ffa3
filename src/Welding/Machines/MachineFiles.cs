using Anlan.Toolkit.Files;

namespace Anlan.Welding.Machines;

/// <summary>What files a machine carries: pictures of it and its plate, papers. They show no people, so they are kept as they come.</summary>
internal static class MachineFiles
{
    /// <summary>The kind of record.</summary>
    public const string Kind = "machine";

    /// <summary>A photo of the fitted chip.</summary>
    public const string Chip = "chip";

    /// <summary>What a file can show.</summary>
    public static readonly IReadOnlyList<string> Parts = ["machine", "plate", Chip, "other"];

    /// <summary>A phone's photo, or a paper.</summary>
    public static readonly FileTerms Terms = new(10 * 1024 * 1024, IsSealed: false, MediaType.Jpeg, MediaType.Png, MediaType.Pdf);

    public static FileOwner OwnerOf(WeldingMachine machine) => new(Kind, machine.Id.Value) { Enterprise = machine.UserEnterprise.Value };
}
