using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Anlan.Host.Doors;

/// <summary>The certificate of the secure doors, for pages and for chips; a renewed file is taken up at the next connection, a broken one leaves the old certificate in use.</summary>
internal sealed partial class HttpsCertificate : IDisposable
{
    private readonly DoorSettings _settings;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private ILogger? _logger;
    private X509Certificate2 _current;
    private DateTime _written;
    private long _lookedAt;

    /// <exception cref="InvalidDataException">The file is missing or holds no certificate with its key.</exception>
    public HttpsCertificate(DoorSettings settings, TimeProvider clock)
    {
        (_settings, _clock) = (settings, clock);
        if (string.IsNullOrWhiteSpace(settings.Certificate)) throw new InvalidDataException("A secure door is set (Anlan:Doors:HttpsPort or Anlan:MqttsPort), but no certificate: name its file in Anlan:Doors:Certificate.");
        try
        {
            _current = Read();
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"Anlan:Doors:Certificate: {settings.Certificate} cannot be read with its key: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>The certificate to show now.</summary>
    public X509Certificate2 Current
    {
        get
        {
            lock (_gate)
            {
                if (_clock.GetElapsedTime(_lookedAt) < TimeSpan.FromMinutes(1)) return _current;
                _lookedAt = _clock.GetTimestamp();
                if (File.GetLastWriteTimeUtc(_settings.Certificate!) == _written) return _current;
                try
                {
                    _current = Read();
                }
                catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
                {
                    if (_logger is not null) LogUnreadable(_logger, unreadable, _settings.Certificate!);
                }

                return _current;
            }
        }
    }

    /// <summary>Where to complain from now on.</summary>
    public void LogTo(ILogger logger) => _logger = logger;

    /// <inheritdoc />
    public void Dispose() => _current.Dispose();

    private X509Certificate2 Read()
    {
        var file = _settings.Certificate!;
        _written = File.GetLastWriteTimeUtc(file);
        _lookedAt = _clock.GetTimestamp();
        if (!Path.GetExtension(file).Equals(".pfx", StringComparison.OrdinalIgnoreCase))
        {
            var key = string.IsNullOrWhiteSpace(_settings.CertificateKey) ? null : _settings.CertificateKey;
            return _settings.CertificatePassword is { Length: > 0 } password ? X509Certificate2.CreateFromEncryptedPemFile(file, password, key) : X509Certificate2.CreateFromPemFile(file, key);
        }

        var found = X509CertificateLoader.LoadPkcs12FromFile(file, _settings.CertificatePassword);
        return found.HasPrivateKey ? found : throw new CryptographicException("it holds no private key");
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The renewed certificate {File} cannot be read; the old one stays in use")]
    private static partial void LogUnreadable(ILogger logger, Exception unreadable, string file);
}
