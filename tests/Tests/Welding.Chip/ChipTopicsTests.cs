using Anlan.Welding.Chip;

namespace Anlan.Tests.Welding.Chip;

public sealed class ChipTopicsTests
{
    [Fact, Trait("Requirement", "CHIP-TOPIC-01")]
    public void Topics_are_built_from_the_serial()
    {
        Assert.Equal("anlan/v1/chip/CHIP-0001/up/hello", ChipTopics.Up("CHIP-0001", ChipTopics.Hello));
        Assert.Equal("anlan/v1/chip/CHIP-0001/down/grant", ChipTopics.Down("CHIP-0001", ChipTopics.Grant));
        Assert.Equal("anlan/v1/chip/CHIP-0001/down/#", ChipTopics.Subscription("CHIP-0001"));
        Assert.Equal("grant", ChipTopics.ChannelOf("anlan/v1/chip/CHIP-0001/down/grant"));
    }

    [Theory]
    [InlineData("CHIP-0001", true)]
    [InlineData("a.b_c-d", true)]
    [InlineData("abc", false)]
    [InlineData("CHIP/0001", false)]
    [InlineData("CHIP+001", false)]
    [InlineData("CHIP#001", false)]
    [InlineData("CHIP~pub", false)]
    [InlineData("CHIP 001", false)]
    [InlineData("\u7126\u673a\u82af\u7247", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [Trait("Requirement", "CHIP-TOPIC-02")]
    public void A_serial_fits_into_a_topic_and_onto_a_label(string? serial, bool isOne)
    {
        Assert.Equal(isOne, ChipTopics.IsSerial(serial));
        Assert.False(ChipTopics.IsSerial(new string('a', 41)));
        Assert.True(ChipTopics.IsSerial(new string('a', 40)));
    }
}
