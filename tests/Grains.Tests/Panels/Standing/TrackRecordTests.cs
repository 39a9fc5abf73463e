using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static Colloquy.Panels.Standing.Boards;

namespace Colloquy.Panels.Standing;

public sealed class TrackRecordTests
{
    private static readonly string[] _domains = ["medical devices", "pharmacology"];

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 0, 1.1)]
    [InlineData(0, 1, 0.9)]
    [InlineData(4, 0, 1.25)]
    [InlineData(3, 3, 1)]
    [InlineData(6, 2, 1.166667)]
    public void A_weight_is_a_half_and_the_mean_of_what_is_believed(int right, int wrong, double weight) =>
        Assert.Equal(weight, TrackRecords.Weight(right, wrong));

    [Fact]
    public void Nobody_is_silenced_and_nobody_outvotes_three()
    {
        Assert.InRange(TrackRecords.Weight(StandingLimits.Ratings, 0), 1.49, 1.5);
        Assert.InRange(TrackRecords.Weight(0, StandingLimits.Ratings), 0.5, 0.51);
        for (var n = 0; n < 50; n++)
            Assert.True(TrackRecords.Weight(n, 7) < TrackRecords.Weight(n + 1, 7)
                && TrackRecords.Weight(7, n) > TrackRecords.Weight(7, n + 1));
    }

    [Fact]
    public void Records_are_by_member_and_topic()
    {
        var records = TrackRecords.Of(Board.Said(
            Word("1", "bob", true), Word("2", "bob", false), Word("3", "bob", true, topic: "Biology"),
            Word("4", "ada", true),
            Word("5", "ada", null)));
        Assert.Equal(
            [new("ada", "devices", 1, 0, 1.1), new("bob", "Biology", 1, 0, 1.1),
                new TrackRecord("bob", "devices", 1, 1, 1)], records.AsEnumerable());
    }

    [Fact]
    public void A_topic_without_a_record_is_weighed_by_the_general_one()
    {
        var records = TrackRecords.Of(Board.Said(Word("1", "ada", true), Word("2", "ada", false, topic: Topics.General)));
        Assert.Equal([1.1, 0.9, 0.9, 1], [TrackRecords.On(records, "ada", "devices"), TrackRecords.On(records, "ada", "pharmacology"),
            TrackRecords.On(records, "ada", Topics.General), TrackRecords.On(records, "bob", "devices")]);
    }

    [Theory]
    [InlineData("Is a bandage a medical device?", "medical devices")]
    [InlineData("What does pharmacology say of it?", "pharmacology")]
    [InlineData("How is software classified?", "medical devices")] // by a skill that speaks of devices
    [InlineData("Who may inject?", "general")] // a skill that speaks of neither
    [InlineData("Is it so?", "general")]
    [InlineData("", "general")]
    public void A_question_belongs_to_the_domain_whose_words_it_has(string question, string topic) => Assert.Equal(topic, Topics.Of(
        Agent("ada", _domains, "classification of software as a device", "injecting"), question));

    [Fact]
    public void Of_equals_the_first_domain_wins_and_one_domain_has_all_skills()
    {
        Assert.Equal("b devices", Topics.Of(Agent("ada", ["b devices", "c devices"]), "Which devices?"));
        Assert.Equal("devices", Topics.Of(Agent("ada", ["devices"], "injecting"), "Who may inject?"));
        Assert.Equal(Topics.General, Topics.Of(Agent("ada", [], "injecting"), "Who may inject?"));
        Assert.Equal(Topics.General, Topics.Of(null, "Which devices?"));
    }

    /// <summary>Against counting by hand: messages in any order, with repeats, say what the last revision of each key says.</summary>
    [Fact]
    public void Words_in_any_order_and_repeated_count_as_the_last_of_each() =>
        Prop.ForAll<(byte Key, byte Revision, bool? Right)[]>(words =>
        {
            var said = words.Select(word => Word($"{word.Key % 5}", Member($"{word.Key % 5}"), word.Right, word.Revision % 8))
                .DistinctBy(word => (word.Key, word.Revision)).ToArray();
            var last = said.GroupBy(word => word.Key).Select(group => group.MaxBy(word => word.Revision)!)
                .Where(word => word.Right is not null);
            var expected = last.GroupBy(word => word.Agent).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (group.Key, group.Count(word => word.Right is true), group.Count(word => word.Right is false)));
            Assert.Equal(expected, TrackRecords.Of(Board.Said([.. said, .. said])).Select(one => (one.Agent, one.Right, one.Wrong)));
            Assert.Equal(TrackRecords.Of(Board.Said(said)).AsEnumerable(), TrackRecords.Of(Board.Said([.. said.Reverse()])));
        }).QuickCheckThrowOnFailure();

    private static string Member(string key) => key is "0" or "2" or "4" ? "ada" : "bob";
}
