using Anlan.Toolkit.Webhooks;

namespace Anlan.Host.Webhooks;

/// <summary>All types of events that anybody may be told of.</summary>
internal sealed class WebhookTypes(IEnumerable<IWebhookEvents> sources)
{
    /// <summary>The types, in the order of the modules.</summary>
    public IReadOnlyList<string> All { get; } = [.. sources.SelectMany(source => source.Types)];
}
