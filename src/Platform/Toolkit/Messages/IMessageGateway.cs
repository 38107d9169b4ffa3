namespace Anlan.Toolkit.Messages;

/// <summary>Hands messages of one channel to the world.</summary>
public interface IMessageGateway
{
    /// <summary>Which channel.</summary>
    MessageChannel Channel { get; }

    /// <summary>Where it sends, without secrets, for example <c>smtp.example.cn:465</c>; null when none is configured.</summary>
    string? Place { get; }

    /// <summary>Hands one message over. Never throws for what a gateway can do wrong.</summary>
    Task<MessageGatewayAnswer> SendAsync(PlainMessage message, CancellationToken stop);
}

/// <summary>A message opened for as long as it takes to hand it over.</summary>
/// <param name="Id">Its id, the same at every attempt.</param>
/// <param name="Address">Telephone or e-mail address.</param>
/// <param name="Title">Subject line, for e-mail.</param>
/// <param name="Text">What is said.</param>
public sealed record PlainMessage(Guid Id, string Address, string? Title, string Text);

/// <summary>What a gateway answered.</summary>
/// <param name="Result">What it came to.</param>
/// <param name="Said">Its words, cleaned.</param>
public sealed record MessageGatewayAnswer(AttemptResult Result, string Said)
{
    internal const int LongestSaid = 300;

    /// <summary>Cleans what a gateway said: no address, words or secrets that it repeated, no control characters, cut.</summary>
    /// <param name="result">What it came to.</param>
    /// <param name="said">As heard.</param>
    /// <param name="message">Whose address and words must not stand in it.</param>
    /// <param name="secrets">What else must not.</param>
    public static MessageGatewayAnswer Of(AttemptResult result, string said, PlainMessage message, params IEnumerable<string> secrets)
    {
        foreach (var (hidden, place) in secrets.Select(secret => (secret, "***")).Append((message.Text, "{text}")).Append((message.Address, "{address}")).Append((message.Title ?? "", "{title}")))
        {
            if (hidden.Length < 4) continue;
            foreach (var form in (string[])[hidden, Uri.EscapeDataString(hidden), System.Text.Json.JsonEncodedText.Encode(hidden).Value]) said = said.Replace(form, place, StringComparison.OrdinalIgnoreCase);
        }

        var clean = string.Concat(said.Take(LongestSaid).Select(c => char.IsControl(c) || char.IsSurrogate(c) || c == '\uFFFD' ? ' ' : c)).Trim();
        return new MessageGatewayAnswer(result, clean);
    }
}
