using Anlan.Toolkit.Mqtt;
using Anlan.Welding.Chip.Messages;

namespace Anlan.Welding.Chips;

/// <summary>Reads the messages of one channel; what cannot be read is counted and kept, never handed on.</summary>
internal abstract class UplinkHandler<TMessage>(string channel) : IUplinkHandler where TMessage : class, IChipMessage
{
    public string Channel => "chip/" + channel;

    public ValueTask HandleAsync(Uplink uplink, CancellationToken stop)
    {
        try
        {
            return HandleAsync(uplink.Device, ChipJson.Read<TMessage>(uplink.Payload.Span), uplink.At, stop);
        }
        catch (UnreadableMessageException unreadable)
        {
            throw new MalformedUplinkException(unreadable.Message, unreadable);
        }
    }

    protected abstract ValueTask HandleAsync(string serial, TMessage message, DateTimeOffset at, CancellationToken stop);
}
