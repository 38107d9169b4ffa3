using Anlan.Contracts.Enterprises;
using Anlan.Contracts.Welding;
using Anlan.Kernel.Divisions;
using Anlan.Kernel.Places;
using Anlan.Kernel.Time;
using Anlan.Welding.Fitting;
using Anlan.Welding.Machines;
using Microsoft.Extensions.Time.Testing;

namespace Anlan.Tests.Welding.Fitting;

/// <summary>Each reading alone makes a self-test fail when it is bad or missing, and names its rule.</summary>
[Trait("Requirement", "CHIP-TEST-08")]
public sealed class SelfTestRuleTests
{
    private static readonly MachineFacts Machine = new(
        new MachineId(Guid.CreateVersion7()), "M1", MachineKind.Electric, "ZX7", 400, new EnterpriseId(Guid.CreateVersion7()), new DivisionCode("990521"), "Hall", new GeoPoint(30.5, 120), 200, "CHIP-0001", null, null);

    private static readonly TestedBody Good = new("CHIP-0001", Machine.Id.Value, 1, 2, 3, null, Guid.CreateVersion7(), true, null, false, 0.3, 0, Machine.Id.Value, false, 30.5001, 120, -71);

    private static readonly FittingLimits Limits = new FittingRules(Books.Whole, new CityCalendar(TimeZoneInfo.Utc, new FakeTimeProvider(new DateTimeOffset(2026, 6, 10, 2, 0, 0, TimeSpan.Zero)))).For(Machine);

    public static TheoryData<string, string, string> Bad => new(Cases.Select(c => (c.What, c.Code, c.Rule)).Distinct());

    private static readonly (string What, string Code, string Rule, Func<TestedBody, TestedBody> Spoil)[] Cases =
    [
        ("relay", "SelfTestRelay", "FIT-RELAY", t => t with { Contact = true }),
        ("relay", "SelfTestRelay", "FIT-RELAY", t => t with { Contact = null }),
        ("relay", "SelfTestVoltage", "FIT-VOLTAGE", t => t with { V = 36.1 }),
        ("relay", "SelfTestVoltage", "FIT-VOLTAGE", t => t with { V = null }),
        ("relay", "ChipTampered", "WELD-CHIP-TAMPER", t => t with { Tamper = true }),
        ("relay", "SelfTestOtherMachine", "WELD-MACHINE", t => t with { Believed = null }),
        ("relay", "SelfTestOtherMachine", "WELD-MACHINE", t => t with { Believed = Guid.CreateVersion7() }),
        ("current", "SelfTestCurrent", "FIT-CURRENT", t => t with { A = 5.1 }),
        ("current", "SelfTestCurrent", "FIT-CURRENT", t => t with { A = null }),
        ("position", "OutsideFence", "WELD-FENCE", t => t with { Lat = 30.51 }),
        ("position", "PlaceUnknown", "WELD-FENCE", t => t with { Lat = null }),
        ("signal", "SelfTestSignal", "FIT-SIGNAL", t => t with { Rssi = -111 }),
        ("signal", "SelfTestSignal", "FIT-SIGNAL", t => t with { Rssi = null }),
    ];

    [Fact]
    public void Everything_good_passes_up_to_the_limits()
    {
        Assert.True(SelfTestRule.Judge(Good, Machine, Limits).IsPassed);
        Assert.True(SelfTestRule.Judge(Good with { A = 5, V = 36, Rssi = -110 }, Machine, Limits).IsPassed);
    }

    [Theory, MemberData(nameof(Bad))]
    public void One_bad_or_missing_reading_fails_and_names_its_rule(string what, string code, string rule)
    {
        foreach (var (_, _, _, spoil) in Cases.Where(c => (c.What, c.Code, c.Rule) == (what, code, rule)))
        {
            var result = SelfTestRule.Judge(spoil(Good), Machine, Limits);

            var reading = Assert.Single(result.Readings, reading => reading.Refusal is not null);
            Assert.False(result.IsPassed);
            Assert.Equal((what, code, rule), (reading.What, reading.Refusal!.Code, reading.Refusal.Rule));
        }
    }
}
