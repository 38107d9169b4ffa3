using Anlan.Host.Operations;
using Anlan.Toolkit.Mqtt;
using Anlan.Toolkit.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Anlan.Tests.Platform.Toolkit.Data;

/// <summary>Rows that are put without change tracking lie in the table as if they had been added: whoever asks by any column finds them.</summary>
public sealed class RowWriterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_row_is_found_by_its_columns_and_replaced_by_its_key()
    {
        await using var host = await StartAsync();
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await PutAsync(host,
            new OutboxTaking { EventId = first, Subscriber = "订阅者", At = Noon },
            new OutboxTaking { EventId = second, Subscriber = "other", At = Noon },
            new OutboxTaking { EventId = first, Subscriber = "订阅者", At = Noon.AddMinutes(1) });

        var found = await host.ReadAsync(db => db.Set<OutboxTaking>().AsNoTracking().Where(taking => taking.EventId == first && taking.Subscriber == "订阅者").ToListAsync());

        Assert.Equal(Noon.AddMinutes(1), Assert.Single(found).At);
        Assert.Equal(2, await host.ReadAsync(db => db.Set<OutboxTaking>().CountAsync(taking => taking.At >= Noon)));
    }

    [Fact]
    public async Task Words_bytes_numbers_and_nothing_come_back_as_they_went()
    {
        await using var host = await StartAsync();
        await PutAsync(host, new RejectedUplink { At = Noon, Kind = RejectionKind.Oversized, Source = "CHIP-1", Device = null, Channel = "", Reason = "too long", Length = 1L << 40, Payload = [0, 1, 255] });
        await PutAsync(host, new RejectedUplink { At = Noon, Kind = RejectionKind.NoMqtt, Source = "CHIP-2", Device = "CHIP-2", Channel = "x", Reason = "", Length = 0, Payload = [] });

        var row = await host.ReadAsync(db => db.Set<RejectedUplink>().AsNoTracking().SingleAsync(uplink => uplink.Kind == RejectionKind.Oversized && uplink.Device == null));
        var empty = await host.ReadAsync(db => db.Set<RejectedUplink>().AsNoTracking().SingleAsync(uplink => uplink.Device == "CHIP-2"));

        Assert.Equal((Noon, "CHIP-1", "", "too long", 1L << 40, "AAH/"), (row.At, row.Source, row.Channel, row.Reason, row.Length, Convert.ToBase64String(row.Payload)));
        Assert.Empty(empty.Payload);
    }

    private static Task<int> PutAsync<TRow>(ModuleHost host, params IReadOnlyList<TRow> rows) where TRow : class => host.ReadAsync(async db =>
    {
        foreach (var row in rows) db.Put(row);
        await db.SaveAsync();
        return rows.Count;
    });

    private static Task<ModuleHost> StartAsync()
    {
        var module = new OperationsModule();
        return ModuleHost.StartAsync(module, (services, _) => module.AddServices(services, new ConfigurationBuilder().Build()), _ => { });
    }
}
