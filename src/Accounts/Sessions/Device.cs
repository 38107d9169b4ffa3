using System.Net;
using Microsoft.AspNetCore.Http;

namespace Anlan.Accounts.Sessions;

/// <summary>Where a request came from, as far as its owner needs to know it again: address, browser and system.</summary>
/// <param name="Address">Network address, or null.</param>
/// <param name="UserAgent">What the client says of itself.</param>
internal sealed record Device(IPAddress? Address, string? UserAgent)
{
    // The first that fits: Edge calls itself Chrome too, Chrome calls itself Safari.
    private static readonly (string Sign, string Name)[] Browsers =
        [("MicroMessenger", "WeChat"), ("DingTalk", "DingTalk"), ("HuaweiBrowser", "Huawei Browser"), ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Sign, string Name)[] Systems =
        [("OpenHarmony", "HarmonyOS"), ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>Of this request.</summary>
    public static Device Of(HttpContext http) => new(http.Connection.RemoteIpAddress, http.Request.Headers.UserAgent.ToString());

    /// <summary>The address as it is shown.</summary>
    public string? AddressText => Address is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4().ToString() : Address?.ToString();

    /// <summary>For example <c>Chrome, Android</c>; null for programs and what nobody knows.</summary>
    public string? Words
    {
        get
        {
            var (browser, system) = (Find(Browsers), Find(Systems));
            return (browser, system) is (null, null) ? null : string.Join(", ", new[] { browser, system }.OfType<string>());
        }
    }

    private string? Find((string Sign, string Name)[] known) => Array.Find(known, one => UserAgent?.Contains(one.Sign, StringComparison.Ordinal) == true).Name;
}
