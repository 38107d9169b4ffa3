using Microsoft.Extensions.Localization;

namespace Anlan.Host.Webhooks;

/// <summary>What an attempt came to, in the reader's language.</summary>
internal static class WebhookWords
{
    /// <summary>A status as it is; a reason by its words.</summary>
    public static string SayAnswer(this IStringLocalizer<Words> words, string said) => words["Webhooks.Why." + said] is { ResourceNotFound: false } known ? known.Value : said;
}
