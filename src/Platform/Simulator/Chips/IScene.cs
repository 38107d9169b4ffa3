using Anlan.Welding.Chip.Logic;
using Anlan.Welding.Chip.Messages;

namespace Anlan.Simulator.Chips;

/// <summary>The world that a chip's sensors see.</summary>
internal interface IScene
{
    /// <summary>Where the machine stands.</summary>
    ChipPosition Position { get; }

    /// <summary>What is measured now.</summary>
    Senses Read(long up, bool isPowered);

    /// <summary>The uptime begins anew.</summary>
    void PowerFailed();
}
