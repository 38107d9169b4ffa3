using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Anlan.Host;
using Anlan.Kernel.Log;
using Anlan.Tests.Platform.Toolkit.Files;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Files;
using Anlan.Toolkit.Log;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Welding.Machines;

/// <summary>Pictures and papers of machines, from the upload to the day on which the last record that names them goes; and what <c>verify</c> says of them.</summary>
public sealed class AttachMachineFileTests : IAsyncLifetime
{
    private static readonly byte[] Picture = SomeFiles.Png();
    private MachinesHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DataFolder Data => _host.Services.GetRequiredService<DataFolder>();

    private string Only => Path.Combine(Data.Files, Assert.Single(SomeFiles.Below(Data.Files)));

    public async ValueTask InitializeAsync()
    {
        _host = await MachinesHost.StartAsync();
        var works = _host.Neighbours.AnEnterprise();
        await _host.AMachineAsync(works);
        await _host.AMachineAsync(works, "WJ-0002");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_picture_is_listed_and_read_as_it_came()
    {
        var id = await AttachAsync(Picture, part: "plate");

        var row = Assert.Single((await _host.Bureau.GetFromJsonAsync<JsonElement>("machines/WJ-0001/files")).EnumerateArray());
        Assert.Equal((id, "plate", "image/png"), (row.GetProperty("id").GetGuid(), row.GetProperty("part").GetString(), row.GetProperty("mediaType").GetString()));
        var read = await _host.Bureau.GetAsync($"machine-files/{id}");
        Assert.Equal(Picture, await read.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/png", read.Content.Headers.ContentType!.MediaType);
        Assert.True(read.Headers.CacheControl!.NoStore);
        Assert.Contains(await _host.AuditAsync(), audit => audit.Action == "welding.machine.file.attached");
        Assert.Equal(["file:FileAttachedAlready"], await MachinesHost.RefusalsAsync(await PostAsync(Picture)));
        // A document is saved, not shown.
        var paper = await AttachAsync(SomeFiles.Pdf());
        Assert.StartsWith("attachment; filename=other-", (await _host.Bureau.GetAsync($"machine-files/{paper}")).Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_reached_through_their_machine_only()
    {
        var id = await AttachAsync(Picture);
        var stranger = _host.As("safety-manager", _host.Neighbours.AnEnterprise());

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("machines/WJ-0001/files")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"machine-files/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsJsonAsync($"machine-files/{id}/withdraw", new { reason = "mine" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(Picture, by: stranger)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(Picture, by: _host.As("installer"))).StatusCode);
    }

    [Fact]
    public async Task A_picture_that_two_machines_name_is_one_file_and_stays_until_the_last_of_them_lets_it_go()
    {
        var (one, other) = (await AttachAsync(Picture), await AttachAsync(Picture, "WJ-0002"));
        await LogAsync();
        Assert.NotEmpty(Only);

        await ForgetAsync(one);
        Assert.Equal(0, await SweepAsync(days: 2));
        Assert.Equal(Picture, await (await _host.Bureau.GetAsync($"machine-files/{other}")).Content.ReadAsByteArrayAsync());

        await ForgetAsync(other);
        Assert.Equal(1, await SweepAsync(days: 2));
        Assert.Empty(SomeFiles.Below(Data.Files));
        var (code, said) = await VerifyAsync();
        Assert.True(code == 0, said);
        Assert.Contains("0 evidence files are what they were", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_whose_record_was_never_saved_goes_by_itself_but_not_at_once()
    {
        var store = _host.Services.GetRequiredService<FileStore>();
        Assert.True((await store.KeepAsync(new MemoryStream(Picture), SomeFiles.Pictures, null, Stop)).IsDone);

        Assert.Equal(0, await SweepAsync(days: 0));
        Assert.NotEmpty(Only);
        Assert.Equal(1, await SweepAsync(days: 1));
        Assert.Empty(SomeFiles.Below(Data.Files));
    }

    [Fact]
    public async Task The_log_carries_the_hash_once()
    {
        var id = await AttachAsync(Picture, part: "plate");
        await LogAsync();
        await LogAsync();

        var log = _host.Services.GetRequiredService<HotLog>();
        var entry = LogEntry.Decode(1, log.Store.ReadBytes(1)!);
        var named = (FileNamed)FileLog.Named.Decode(entry.Body.Span);
        Assert.Equal((1L, "platform.file"), (log.LastSeq, entry.Kind));
        Assert.StartsWith("machine/", entry.Subject, StringComparison.Ordinal);
        Assert.Equal((id, Path.GetFileName(Only), "plate", false), (named.File, named.Hash, named.Part, named.IsSealed));
    }

    [Fact]
    public async Task Verify_names_the_first_file_that_is_not_what_it_was()
    {
        await AttachAsync(Picture);
        await AttachAsync(SomeFiles.Png(dice: 2));
        await LogAsync();
        var paths = SomeFiles.Below(Data.Files);
        var (code, said) = await VerifyAsync();
        Assert.True(code == 0, said);
        Assert.Contains("Comparing 2 evidence files with their names", said, StringComparison.Ordinal);
        Assert.Contains("2 evidence files are what they were", said, StringComparison.Ordinal);

        foreach (var path in paths)
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(Data.Files, path), Stop);
            bytes[100_000] ^= 1;
            await File.WriteAllBytesAsync(Path.Combine(Data.Files, path), bytes, Stop);
        }

        await AssertWrongAsync($"The evidence file {paths[0]} was changed: ");
        File.Delete(Path.Combine(Data.Files, paths[0]));
        await AssertWrongAsync($"The evidence file {paths[0]} is missing: entry ");
    }

    [Fact]
    public async Task Verify_names_a_record_that_was_given_another_file_behind_the_platforms_back()
    {
        var id = await AttachAsync(Picture);
        // Not in the log yet, but on its way: nothing is wrong.
        Assert.Equal(0, _host.Services.GetRequiredService<HotLog>().LastSeq);
        Assert.Equal(0, (await VerifyAsync()).Code);
        await LogAsync();
        var another = (await _host.Services.GetRequiredService<FileStore>().KeepAsync(new MemoryStream(SomeFiles.Png(dice: 2)), SomeFiles.Pictures, null, Stop)).Value.Hash;

        TestStore.RunPast(Data.Root, "main.db", $"update platform_files set \"Hash\"='{another}'");
        await AssertWrongAsync("but entry 1 of the log says that it was ");

        TestStore.RunPast(Data.Root, "main.db", $"update platform_files set \"Id\"='{(TestStore.IsPostgres ? Guid.CreateVersion7().ToString() : Guid.CreateVersion7().ToString().ToUpperInvariant())}'");
        await AssertWrongAsync("of which the log knows nothing");
        Assert.NotEqual(default, id);
    }

    private async Task<HttpResponseMessage> PostAsync(byte[] content, string code = "WJ-0001", string part = "other", HttpClient? by = null)
    {
        using var file = new ByteArrayContent(content) { Headers = { ContentType = new("application/octet-stream") } };
        return await (by ?? _host.Bureau).PostAsync(new Uri($"machines/{code}/files?part={part}", UriKind.Relative), file, Stop);
    }

    private async Task<Guid> AttachAsync(byte[] content, string code = "WJ-0001", string part = "other")
    {
        var answer = await PostAsync(content, code, part);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        return (await MachinesHost.JsonAsync(answer)).GetProperty("id").GetGuid();
    }

    // What the delivery of events does with those that wait.
    private async Task LogAsync()
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var record = scope.ServiceProvider.GetRequiredService<RecordFile>();
        foreach (var waiting in (await _host.OutboxAsync()).Where(message => message.Type == typeof(FileAttached).FullName))
        {
            await record.HandleAsync(JsonSerializer.Deserialize<FileAttached>(waiting.Payload, JsonSerializerOptions.Web)!, waiting.EventId, Stop);
        }

        await using var db = scope.ServiceProvider.GetRequiredService<AnlanDb>();
        await db.Set<Anlan.Toolkit.Outbox.OutboxMessage>().ExecuteDeleteAsync(Stop);
    }

    private async Task ForgetAsync(Guid id)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AnlanDb>().Set<AttachedFile>().Where(f => f.Id == id).ExecuteDeleteAsync(Stop);
    }

    private async Task<int> SweepAsync(int days)
    {
        _host.Clock.Advance(TimeSpan.FromDays(days) + TimeSpan.FromMinutes(1));
        var sweep = ActivatorUtilities.CreateInstance<RemoveUnnamedFiles>(_host.Services);
        return await sweep.RunAsync(DateOnly.FromDateTime(_host.Clock.GetUtcNow().UtcDateTime), Stop);
    }

    private async Task AssertWrongAsync(string named)
    {
        var (code, said) = await VerifyAsync();
        Assert.Equal(1, code);
        Assert.Contains(named, said, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Said)> VerifyAsync()
    {
        await using var output = new StringWriter();
        return (await Verify.RunAsync([$"--Anlan:Data={Data.Root}", .. TestStore.Arguments(Data.Root)], output, Stop), output.ToString());
    }
}
