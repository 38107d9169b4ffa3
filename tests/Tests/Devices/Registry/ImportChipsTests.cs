using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Anlan.Toolkit.Mqtt;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Devices.Registry;

/// <summary>A factory's list: all of it or nothing, every fault with its line, and never a secret in an answer or on record.</summary>
public sealed class ImportChipsTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task Chips_of_a_list_connect_with_what_was_burnt_in_and_only_its_hash_is_kept()
    {
        await using var host = await ChipsHost.StartAsync();
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes("another secret, another secret, 32")));

        Assert.Equal(2, (await ModuleHost.JsonAsync(await TakeAsync(host, $"\uFEFFserial,secret\r\nZJ-0001,{Secret}\r\n\r\n\"ZJ-0002\", \"{Secret}2\"\r\n"))).GetProperty("count").GetInt32());
        Assert.Equal(1, (await ModuleHost.JsonAsync(await TakeAsync(host, $"serial, sha256\nZJ-0003,{hash}"))).GetProperty("count").GetInt32());

        var door = host.Module.Services.GetRequiredService<IDeviceAuthenticator>();
        Assert.True(door.IsGenuine("ZJ-0001", Encoding.UTF8.GetBytes(Secret)));
        Assert.True(door.IsGenuine("ZJ-0003", "another secret, another secret, 32"u8));
        Assert.False(door.IsGenuine("ZJ-0003", Encoding.UTF8.GetBytes(hash)));
        var audit = await host.Module.AuditAsync();
        Assert.Equal(3, audit.Count(record => record.Action == "devices.chip.registered"));
        Assert.DoesNotContain(audit, record => record.Details?.Contains(Secret, StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task With_a_single_fault_nothing_is_taken_and_each_is_told_with_its_line()
    {
        await using var host = await ChipsHost.StartAsync();
        await host.AChipAsync("TAKEN-1");
        var list = $"serial,secret\nZJ-0001,{Secret}\nZJ 2,{Secret}\nZJ-0001,{Secret}\nZJ-0004,short\nZJ-0005\nTAKEN-1,{Secret}";

        var answer = await TakeAsync(host, list);

        Assert.Equal(["line 3:SerialInvalid", "line 4:ChipListTwice", "line 5:ChipListSecret", "line 6:ChipListCells", "line 7:SerialTaken"], await ModuleHost.RefusalsAsync(answer));
        Assert.DoesNotContain(Secret, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.False(host.Module.Services.GetRequiredService<IDeviceAuthenticator>().IsGenuine("ZJ-0001", Encoding.UTF8.GetBytes(Secret)));
        Assert.Single(await host.Module.AuditAsync(), record => record.Action == "devices.chip.registered");
    }

    [Theory]
    [InlineData("", "line 1:ChipListHeader")]
    [InlineData("ZJ-0001,0123456789abcdef0123456789abcdef", "line 1:ChipListHeader")]
    [InlineData("serial,secret\n\n", "line 1:ChipListEmpty")]
    [InlineData("serial,sha256\nZJ-0001,0123456789abcdef0123456789abcdef", "line 2:ChipListHash")]
    [InlineData("serial,secret\nZJ-0001,密钥密钥密钥密钥密钥密钥密钥密钥密钥密钥密钥密钥密钥密钥密钥密钥", "line 2:ChipListSecret")]
    public async Task A_list_that_is_none_is_refused(string list, string expected)
    {
        await using var host = await ChipsHost.StartAsync();

        Assert.Equal([expected], await ModuleHost.RefusalsAsync(await TakeAsync(host, list)));
    }

    [Fact]
    public async Task A_list_is_no_way_to_fill_the_memory()
    {
        await using var host = await ChipsHost.StartAsync();
        var many = "serial,secret\n" + string.Concat(Enumerable.Range(0, 5_001).Select(i => $"ZJ-{i:D6},{Secret}\n"));

        Assert.Equal(["line 5002:ChipListTooLong"], await ModuleHost.RefusalsAsync(await TakeAsync(host, many)));
        Assert.Equal(["line 1:ChipListTooLong"], await ModuleHost.RefusalsAsync(await TakeAsync(host, new string('x', 1_000_001))));
    }

    [Fact]
    public async Task Who_fits_no_chips_imports_none()
    {
        await using var host = await ChipsHost.StartAsync();
        using var body = new StringContent($"serial,secret\nZJ-0001,{Secret}", Encoding.UTF8, "text/csv");

        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await host.Administrator.PostAsync("chips/import", body)).StatusCode);
    }

    private static async Task<HttpResponseMessage> TakeAsync(ChipsHost host, string list)
    {
        using var body = new StringContent(list, Encoding.UTF8, "text/csv");
        return await host.Installer.PostAsync("chips/import", body);
    }
}
