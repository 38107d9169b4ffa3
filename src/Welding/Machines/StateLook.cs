namespace Anlan.Welding.Machines;

/// <summary>How a state of a machine is drawn; the word comes from <c>Words</c>: <c>State.{state}</c>.</summary>
internal static class StateLook
{
    /// <summary>Colour of the chip.</summary>
    public static string Tone(MachineState state) => state switch
    {
        MachineState.Running => "ok",
        MachineState.Authorised => "info",
        MachineState.Locked or MachineState.Tampered => "bad",
        _ => "off",
    };

    /// <summary>Outline.</summary>
    public static string Shape(MachineState state) => state is MachineState.Idle ? "idle" : Tone(state);
}
