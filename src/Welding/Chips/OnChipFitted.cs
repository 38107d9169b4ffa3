using Anlan.Kernel.Events;
using Anlan.Welding.Chip.Signing;
using Anlan.Welding.Machines;

namespace Anlan.Welding.Chips;

/// <summary>Tells a chip to which machine it belongs from now on, or that it belongs to none (CHIP-CONFIG-08).</summary>
internal sealed class OnChipFitted(ChipSettingsDesk settings) : IEventSubscriber<ChipFitted>
{
    public Task HandleAsync(ChipFitted happened, Guid eventId, CancellationToken stop) =>
        settings.PostAsync(happened.Chip, new ChipSettings(happened.Machine?.Value, ForgetsMachine: happened.Machine is null), null, Guid.Empty, once: $"fitted/{eventId}");
}
