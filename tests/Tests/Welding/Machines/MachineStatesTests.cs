using Anlan.Contracts.Devices;
using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Places;
using Anlan.Welding.Machines;
using Anlan.Welding.Sessions;

namespace Anlan.Tests.Welding.Machines;

public sealed class MachineStatesTests
{
    private static readonly DateTimeOffset Now = new(2040, 3, 5, 1, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("chip online", nameof(MachineState.Idle))]
    [InlineData("chip online authorised", nameof(MachineState.Authorised))]
    [InlineData("chip online authorised powered", nameof(MachineState.Running))]
    [InlineData("chip online powered", nameof(MachineState.Running))]
    [InlineData("chip online ending", nameof(MachineState.Idle))]
    [InlineData("chip", nameof(MachineState.Chipped))]
    [InlineData("", nameof(MachineState.Registered))]
    [InlineData("locked", nameof(MachineState.Registered))]
    [InlineData("chip offline", nameof(MachineState.Offline))]
    [InlineData("chip offline powered", nameof(MachineState.Offline))]
    [InlineData("chip online locked powered", nameof(MachineState.Locked))]
    [InlineData("chip offline locked", nameof(MachineState.Locked))]
    [InlineData("chip online locked tampered", nameof(MachineState.Tampered))]
    [InlineData("chip offline tampered", nameof(MachineState.Tampered))]
    [InlineData("chip online tampered scrapped powered", nameof(MachineState.Scrapped))]
    [InlineData("scrapped", nameof(MachineState.Scrapped))]
    public void The_gravest_truth_wins(string facts, string expected)
    {
        Assert.Equal(expected, MachineStates.Of(Machine(facts), Chip(facts), Session(facts)).ToString());
    }

    private static MachineFacts Machine(string facts) => new(
        new MachineId(Guid.CreateVersion7()), "WJ-0001", MachineKind.Electric, "ZX7-400", 400, new EnterpriseId(Guid.CreateVersion7()), new DivisionCode("990521001"), "Hall 1", new GeoPoint(30, 120), 200,
        Has(facts, "chip") ? "CHIP-1" : null, Has(facts, "locked") ? "because" : null, Has(facts, "scrapped") ? "because" : null);

    private static DeviceState Chip(string facts) => !Has(facts, "online") && !Has(facts, "offline")
        ? DeviceState.Unknown
        : new DeviceState(Has(facts, "online"), Now, 1, "1.0", Has(facts, "tampered"), null, null, 0, Has(facts, "powered"));

    private static OpenSession? Session(string facts) => !Has(facts, "authorised") && !Has(facts, "ending")
        ? null
        : new OpenSession(
            new SessionId(Guid.CreateVersion7()), new MachineId(Guid.CreateVersion7()), new PersonId(Guid.CreateVersion7()), Guid.Empty, new EnterpriseId(Guid.CreateVersion7()), Guid.Empty, "CHIP-1", 1, 1,
            Guid.Empty, false, Now, Now, Now, Now, Has(facts, "ending") ? SessionState.Ending : SessionState.Authorised, null);

    private static bool Has(string facts, string word) => facts.Split(' ').Contains(word);
}
