using Anlan.Devices;
using Anlan.Toolkit.Mqtt;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Anlan.Tests.Platform.Toolkit.Mqtt;

public sealed class RejectedUplinksTests : IAsyncLifetime
{
    private readonly RejectedUplinks _rejected = new();
    private ModuleHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ModuleHost.StartAsync(new DevicesModule(), (services, _) => services.AddSingleton(_rejected).AddSingleton<RejectedUplinkWriter>(), _ => { });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact, Trait("Requirement", "CHIP-UP-10")]
    public async Task What_was_kept_and_counted_is_there_after_a_restart()
    {
        Keep("CHIP-1", "first");
        await WriteAsync();
        Keep("CHIP-1", "second");
        await ((IHostedService)Writer).StopAsync(CancellationToken.None);

        var afterwards = new RejectedUplinkWriter(new RejectedUplinks(), _host.Services.GetRequiredService<IServiceScopeFactory>(), _host.Clock, NullLogger<RejectedUplinkWriter>.Instance);
        await afterwards.WriteAsync(CancellationToken.None);

        Assert.Equal(["first", "second"], (await KeptAsync()).Select(kept => kept.Reason));
        Assert.Equal(2, (await CountAsync()).Total);
    }

    [Fact]
    public async Task What_another_server_rejected_counts_and_is_kept_like_ones_own()
    {
        var elsewhere = new RejectedUplinks();
        for (var i = 0; i < 150; i++) elsewhere.Keep(RejectionKind.Malformed, "CHIP-9", "CHIP-9", "chip/hello", $"there {i}", default, 0, _host.Clock.GetUtcNow());
        var (messages, counts) = elsewhere.Take();

        Keep("CHIP-1", "here");
        _rejected.TakeIn(messages, counts);
        await WriteAsync();

        var kept = await KeptAsync();
        Assert.Equal((100, "there 149", 1), (kept.Count(message => message.Source == "CHIP-9"), kept.Last(message => message.Source == "CHIP-9").Reason, kept.Count(message => message.Source == "CHIP-1")));
        Assert.Equal((151, 0), ((await CountAsync()).Total, (await CountAsync()).NotKept));
    }

    [Fact]
    public async Task A_flood_from_one_source_leaves_its_newest_hundred_and_everybody_elses()
    {
        Keep("CHIP-2", "alone");
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 5_000; i++) Keep("CHIP-1", $"{round}/{i}");
            await WriteAsync();
        }

        var kept = await KeptAsync();
        Assert.Equal(RejectedUplinks.MostOfASource, kept.Count(message => message.Source == "CHIP-1"));
        Assert.Equal("2/4999", kept[^1].Reason);
        Assert.Contains(kept, message => message.Source == "CHIP-2");
        Assert.Equal((15_001, 0), ((await CountAsync()).Total, (await CountAsync()).NotKept));
    }

    [Fact]
    public async Task A_flood_from_many_sources_never_grows_the_table_above_its_bound()
    {
        for (var round = 0; round < 5; round++)
        {
            for (var i = 0; i < 1_500; i++) Keep($"10.{round}.{i / 250}.{i % 250}", "flood");
            await WriteAsync();
        }

        Assert.Equal(RejectedUplinks.MostInAll, (await KeptAsync()).Count);
        // Between two writes a thousand wait; the others are counted only.
        Assert.Equal((7_500, 2_500), ((await CountAsync()).Total, (await CountAsync()).NotKept));
    }

    [Fact]
    public async Task What_could_not_be_written_is_counted_with_the_next()
    {
        Keep("CHIP-1", "lost");
        await _host.ReadAsync(db => db.Database.ExecuteSqlRawAsync("alter table platform_rejected_uplinks rename to away"));
        await Assert.ThrowsAnyAsync<Exception>(WriteAsync);
        await _host.ReadAsync(db => db.Database.ExecuteSqlRawAsync("alter table away rename to platform_rejected_uplinks"));

        Keep("CHIP-1", "kept");
        await WriteAsync();

        Assert.Equal(["kept"], (await KeptAsync()).Select(kept => kept.Reason));
        Assert.Equal((2, 1), ((await CountAsync()).Total, (await CountAsync()).NotKept));
    }

    [Fact]
    public async Task Much_is_shortened_and_control_characters_go()
    {
        _rejected.Keep(RejectionKind.ForeignTopic, "CHIP-1", "CHIP-1\n2040 fine", new string('t', 60_000), "x", new byte[16_000], 16_000, _host.Clock.GetUtcNow());
        await WriteAsync();

        var kept = Assert.Single(await KeptAsync());
        Assert.Equal((200, 4_096, 16_000), (kept.Channel.Length, kept.Payload.Length, kept.Length));
        Assert.Equal("CHIP-1·2040 fine", kept.Device);
    }

    private RejectedUplinkWriter Writer => _host.Services.GetRequiredService<RejectedUplinkWriter>();

    private void Keep(string source, string reason) => _rejected.Keep(RejectionKind.Malformed, source, source, "chip/hello", reason, "{}"u8.ToArray(), 2, _host.Clock.GetUtcNow());

    private Task WriteAsync() => Writer.WriteAsync(CancellationToken.None);

    private Task<List<RejectedUplink>> KeptAsync() => _host.ReadAsync(db => db.Set<RejectedUplink>().AsNoTracking().OrderBy(message => message.Seq).ToListAsync());

    private Task<RejectedCount> CountAsync() => _host.ReadAsync(db => db.Set<RejectedCount>().AsNoTracking().SingleAsync());
}
