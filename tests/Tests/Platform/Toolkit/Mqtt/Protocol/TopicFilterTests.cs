using Anlan.Toolkit.Mqtt.Protocol;

namespace Anlan.Tests.Platform.Toolkit.Mqtt.Protocol;

public sealed class TopicFilterTests
{
    [Theory]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "a/c", false)]
    [InlineData("a/b", "a/b/c", false)]
    [InlineData("a/b/c", "a/b", false)]
    [InlineData("a/+", "a/b", true)]
    [InlineData("a/+", "a/", true)]
    [InlineData("a/+", "a", false)]
    [InlineData("+/b", "/b", true)]
    [InlineData("+", "a/b", false)]
    [InlineData("+/+", "/a", true)]
    [InlineData("/+", "/a", true)]
    [InlineData("#", "a/b/c", true)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/#", "a/b/c", true)]
    [InlineData("a/#", "ab", false)]
    [InlineData("a/b/#", "a", false)]
    [InlineData("#", "$SYS/x", false)]
    [InlineData("+/x", "$SYS/x", false)]
    [InlineData("$SYS/#", "$SYS/x", true)]
    public void A_filter_takes_the_topics_of_its_levels(string filter, string topic, bool matches) => Assert.Equal(matches, TopicFilter.Matches(filter, topic));

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void Levels_are_bounded(int separators, bool isGood)
    {
        var topic = new string('/', separators);

        Assert.Equal((isGood, isGood), (TopicFilter.IsName(topic), TopicFilter.IsFilter(topic)));
    }

    [Theory]
    [InlineData("a/+/b", true)]
    [InlineData("#", true)]
    [InlineData("/#", true)]
    [InlineData("", false)]
    [InlineData("a+", false)]
    [InlineData("+a/b", false)]
    [InlineData("a#", false)]
    [InlineData("#/a", false)]
    [InlineData("$share/g/a/#", true)]
    [InlineData("$share/g", false)]
    [InlineData("$share//a", false)]
    [InlineData("$share/+/a", false)]
    [InlineData("$share/g/", false)]
    public void Wildcards_stand_alone_and_a_group_has_a_name(string filter, bool isGood) => Assert.Equal(isGood, TopicFilter.TrySplit(filter, out _, out _));
}
