using Anlan.Kernel.Outcomes;
using Anlan.Toolkit.Http;
using Microsoft.AspNetCore.Http;

namespace Anlan.Toolkit.Files;

/// <summary>The content of an attached file, compared with its name, to be read once.</summary>
public sealed class OpenedFile : IAsyncDisposable
{
    private readonly KeptContent _content;

    internal OpenedFile(KeptContent content, AttachedFile file)
    {
        _content = content;
        Type = MediaType.Named(file.MediaType);
        Name = $"{file.Part}-{file.Hash[..8]}.{Type.Ending}";
    }

    /// <summary>Kind of the content.</summary>
    public MediaType Type { get; }

    /// <summary>A name for whoever saves it; it names nobody.</summary>
    public string Name { get; }

    /// <summary>The bytes, for a page that shows them.</summary>
    public async Task<byte[]> ReadAsync(CancellationToken stop)
    {
        using var memory = new MemoryStream();
        await _content.CopyToAsync(memory, stop);
        return memory.ToArray();
    }

    /// <summary>The answer to a request for the file, or a problem. Pictures are shown, everything else is saved; neither can run anything.</summary>
    public static async Task<IResult> ToHttpAsync(Task<Outcome<OpenedFile>> opened, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        var outcome = await opened;
        if (!outcome.IsDone) return OutcomeResults.ToProblem(outcome.Refusals);
        var file = outcome.Value;
        response.RegisterForDisposeAsync(file);
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return Results.Stream(body => file._content.CopyToAsync(body, response.HttpContext.RequestAborted), file.Type.Name, file.Type.IsPicture ? null : file.Name);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _content.DisposeAsync();
}
