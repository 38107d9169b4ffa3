using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace Anlan.Benchmarks.Failover;

/// <summary>A HAProxy of one's own in front of several servers: plain TCP, and the servers' own health tells who takes connections.</summary>
internal sealed class Balancer : IDisposable
{
    private readonly Process _process;

    private Balancer(Process process, int httpPort, int mqttPort) => (_process, HttpPort, MqttPort) = (process, httpPort, mqttPort);

    /// <summary>Port of pages and API.</summary>
    public int HttpPort { get; }

    /// <summary>Port of chips.</summary>
    public int MqttPort { get; }

    /// <summary>Starts it.</summary>
    /// <param name="folder">For its settings.</param>
    /// <param name="servers">Ports of each server.</param>
    public static Balancer Start(string folder, IReadOnlyList<(int Http, int Mqtt)> servers)
    {
        var ports = Ports.Free(2);
        var settings = new StringBuilder("""
            global
                maxconn 4000
            defaults
                mode tcp
                timeout connect 1s
                timeout client 1h
                timeout server 1h
                timeout check 1s
                option redispatch 1
                option httpchk
                http-check disable-on-404
                http-check send meth GET uri /health/ready ver HTTP/1.1 hdr Host localhost
                default-server inter 250ms fall 2 rise 1 on-marked-down shutdown-sessions

            """);
        foreach (var (name, port) in ((string, int)[])[("pages", ports[0]), ("chips", ports[1])])
        {
            settings.AppendLine(CultureInfo.InvariantCulture, $"listen {name}").AppendLine(CultureInfo.InvariantCulture, $"    bind {IPAddress.Loopback}:{port}");
            for (var i = 0; i < servers.Count; i++)
            {
                settings.AppendLine(CultureInfo.InvariantCulture, $"    server s{i} {IPAddress.Loopback}:{(name == "pages" ? servers[i].Http : servers[i].Mqtt)} check port {servers[i].Http}");
            }
        }

        var file = Path.Combine(folder, "haproxy.cfg");
        File.WriteAllText(file, settings.ToString());
        var start = new ProcessStartInfo(File.Exists("/usr/sbin/haproxy") ? "/usr/sbin/haproxy" : "haproxy") { ArgumentList = { "-db", "-q", "-f", file }, RedirectStandardOutput = true };
        return new Balancer(Silent.Start(start, "haproxy"), ports[0], ports[1]);
    }

    /// <inheritdoc />
    public void Dispose() => Silent.End(_process);
}
