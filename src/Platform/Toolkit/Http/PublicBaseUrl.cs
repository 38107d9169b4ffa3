using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;

namespace Anlan.Toolkit.Http;

/// <summary>The address under which people reach the pages: printed on labels and slips. Setting <c>Anlan:PublicBaseUrl</c>; without it the address by
/// which the reader came, or the one that the server listens on.</summary>
public sealed class PublicBaseUrl
{
    private readonly Uri? _configured;
    private readonly IServer _server;

    /// <summary>Reads the setting.</summary>
    /// <exception cref="InvalidDataException">The setting is no http or https address.</exception>
    public PublicBaseUrl(IConfiguration configuration, IServer server)
    {
        _server = server;
        if (configuration["Anlan:PublicBaseUrl"] is not { Length: > 0 } text) return;
        _configured = Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new InvalidDataException($"Anlan:PublicBaseUrl is no http or https address: {text}");
    }

    /// <summary>The full address of a page.</summary>
    /// <param name="path">Path with its leading slash.</param>
    /// <param name="reader">Address by which the reader came, or null where nobody did.</param>
    public string Of(string path, string? reader = null) => (_configured?.AbsoluteUri ?? reader ?? OwnAddress()).TrimEnd('/') + path;

    // The Host listens for pages first, then for devices.
    private string OwnAddress()
    {
        var address = _server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";
        return address.Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal);
    }
}
