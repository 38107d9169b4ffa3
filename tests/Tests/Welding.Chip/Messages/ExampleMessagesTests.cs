using System.Text;
using System.Text.Json.Nodes;
using Anlan.Tests.Boundaries;
using Anlan.Welding.Chip;
using Anlan.Welding.Chip.Messages;

namespace Anlan.Tests.Welding.Chip.Messages;

public sealed class ExampleMessagesTests
{
    private const string Folder = "tests/Tests/Welding.Chip/Examples";

    public static TheoryData<string> Good => ["hello.json", "state.json", "telemetry.json", "event-tamper.json", "ack-ok.json", "ack-ended.json", "ack-refused.json", "offline.json", "revoke.json", "test.json", "test-refused.json", "test-ask.json", "time.json", "grant.json", "config.json"];

    public static TheoryData<string> Malformed => [.. Repository.Files(Folder + "/malformed").Select(path => Path.GetFileName(path))];

    [Theory, MemberData(nameof(Good))]
    [Trait("Requirement", "CHIP-UP-01")]
    [Trait("Requirement", "CHIP-HELLO-01")]
    [Trait("Requirement", "CHIP-EVENT-02")]
    [Trait("Requirement", "CHIP-TELEMETRY-01")]
    [Trait("Requirement", "CHIP-ACK-02")]
    public void An_example_is_read_and_written_again_without_loss(string name)
    {
        var original = Bytes(name);

        var again = Read(name, original);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(original), JsonNode.Parse(again)), Encoding.UTF8.GetString(again));
        Assert.True(original.Length < ChipTopics.PacketLimit);
    }

    [Theory, MemberData(nameof(Malformed))]
    [Trait("Requirement", "CHIP-UP-04")]
    public void A_malformed_example_is_refused_with_the_field(string name)
    {
        var refused = Assert.Throws<UnreadableMessageException>(() => Read(name, Bytes("malformed/" + name)));

        Assert.NotEmpty(refused.Message);
    }

    [Fact, Trait("Requirement", "CHIP-UP-01")]
    public void Members_that_a_later_firmware_adds_are_skipped()
    {
        var hello = JsonNode.Parse(Bytes("hello.json"))!.AsObject();
        hello["iccid"] = "898600";

        Assert.Equal(12, ChipJson.Read<Hello>(Encoding.UTF8.GetBytes(hello.ToJsonString())).Boot);
    }

    [Theory]
    [InlineData("hello.json", "boot")]
    [InlineData("hello.json", "seq")]
    [InlineData("hello.json", "up")]
    [InlineData("hello.json", "at")]
    [InlineData("state.json", "reason")]
    [InlineData("state.json", "session")]
    [InlineData("telemetry.json", "points")]
    [InlineData("event-tamper.json", "kind")]
    [InlineData("ack-ok.json", "id")]
    [InlineData("ack-ok.json", "counter")]
    [InlineData("revoke.json", "session")]
    [InlineData("offline.json", "boot")]
    [Trait("Requirement", "CHIP-UP-02")]
    public void No_member_may_be_left_out(string name, string member)
    {
        var message = JsonNode.Parse(Bytes(name))!.AsObject();
        Assert.True(message.Remove(member));

        Assert.Throws<UnreadableMessageException>(() => Read(name, Encoding.UTF8.GetBytes(message.ToJsonString())));
    }

    [Fact, Trait("Requirement", "CHIP-UP-07")]
    public void The_reasons_of_the_relay_are_these() => Assert.Equal(
        ["grant", "stop", "leaseEnd", "revoke", "overTemperature", "gas", "tamper", "fault", "restart", "button"],
        Enum.GetValues<RelayReason>().Select(reason => Member(new StateReport(1, 1, 0, null, false, reason, null), "reason")));

    [Fact, Trait("Requirement", "CHIP-EVENT-02")]
    public void The_kinds_of_events_are_these() => Assert.Equal(
        ["tamper", "overTemperature", "gas", "relayFault", "arcWithoutGrant", "button"],
        Enum.GetValues<ChipEventKind>().Select(kind => Member(new EventReport(1, 1, 0, null, kind, null), "kind")));

    [Fact, Trait("Requirement", "CHIP-ACK-03")]
    public void The_reasons_of_a_refusal_are_these() => Assert.Equal(
        ["badSignature", "wrongMachine", "notYet", "expired", "counter", "clock", "tamper", "relayFault", "gas", "overTemperature", "busy", "unknown"],
        Enum.GetValues<ChipRefusal>().Select(why => Member(new Acknowledgement(1, 1, 0, null, default, false, why, false, null, 0), "why")));

    [Fact, Trait("Requirement", "CHIP-UP-01")]
    public void Guids_are_written_in_lower_case_with_hyphens() =>
        Assert.Equal("0198c0de-0000-7000-8000-00000000000a", Member(new RevokeCommand(Guid.Parse("0198C0DE-0000-7000-8000-00000000000A"), default, 1, "stop"), "id"));

    private static string? Member<T>(T message, string name) where T : class, IChipMessage => (string?)JsonNode.Parse(ChipJson.Write(message))![name];

    private static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Repository.Root, Folder, name));

    private static byte[] Read(string name, byte[] payload) => name.Split('-', '.')[0] switch
    {
        "hello" => ChipJson.Write(ChipJson.Read<Hello>(payload)),
        "state" => ChipJson.Write(ChipJson.Read<StateReport>(payload)),
        "telemetry" => ChipJson.Write(ChipJson.Read<TelemetryBatch>(payload)),
        "event" => ChipJson.Write(ChipJson.Read<EventReport>(payload)),
        "ack" => ChipJson.Write(ChipJson.Read<Acknowledgement>(payload)),
        "offline" => ChipJson.Write(ChipJson.Read<OfflineNotice>(payload)),
        "revoke" => ChipJson.Write(ChipJson.Read<RevokeCommand>(payload)),
        "test" when name == "test-ask.json" => ChipJson.Write(ChipJson.Read<TestCommand>(payload)),
        "test" => ChipJson.Write(ChipJson.Read<TestReport>(payload)),
        _ => ChipJson.Write(ChipJson.Read<SignedDownlink>(payload)),
    };
}
