using System.Collections.Immutable;
using Colloquy.Agents;
using Colloquy.Feedback;
using Colloquy.Knowledge;

namespace Colloquy.Tests.Knowledge;

public sealed class AbstentionTests
{
    private const string Question = "Is zanubrutinib safe with warfarin?";

    private static readonly Passage[] _passages = [new("a", "A", "", "Warfarin interacts with many drugs.", 0, 2)];

    private static readonly AgentProfile _expert = new(
        "expert", "Expert", "", "You are.", ["medicine", "law"], [], [],
        ["What is the target INR?", "Which drugs interact with warfarin?", "When is heparin used?", "What is a DOAC?"],
        [], null, 0, 100, 1) { AbstainBelow = 0.6 };

    [Fact]
    public void Whom_no_passage_can_make_sure_says_what_is_missing_and_what_it_could_be_asked()
    {
        Assert.InRange(ConfidenceEstimate.Most(Question, _passages), 0.1, 0.59);
        Assert.Equal(
            "I do not know enough to answer this. Nothing that I can look up speaks of \"zanubrutinib\", \"safe\". "
            + "You could ask me instead:\n\n- Which drugs interact with warfarin?\n- What is the target INR?\n- When is heparin used?",
            Abstention.Before(_expert, Question, _passages));
    }

    [Fact]
    public void Without_example_questions_it_names_its_domains_and_without_passages_it_says_so() => Assert.Equal(
        "I do not know enough to answer this. Nothing that I can look up speaks of it. You could ask me about medicine, law.",
        Abstention.Before(_expert with { ExampleQuestions = [] }, Question, []));

    [Fact]
    public void A_limit_that_can_be_reached_lets_it_try() =>
        Assert.Null(Abstention.Before(_expert with { AbstainBelow = 0.2 }, Question, _passages));

    [Fact]
    public void Zero_never_abstains()
    {
        var bold = _expert with { AbstainBelow = 0 };
        Assert.Null(Abstention.Before(bold, Question, []));
        Assert.Equal("", Abstention.After(bold, Sure(0)));
    }

    [Fact]
    public void A_map_decides_where_there_is_one()
    {
        var map = new CalibrationMap([new(0, 0.9)], 200);
        Assert.Null(Abstention.Before(_expert, Question, _passages, map: map));
        Assert.NotNull(Abstention.Before(_expert, "Warfarin?", _passages, map: new CalibrationMap([new(0, 0.5)], 200)));
        Assert.Null(Abstention.Before(_expert, "Warfarin?", _passages));
    }

    [Theory]
    [InlineData(0.59, false)]
    [InlineData(0.6, true)]
    [InlineData(1.0, true)]
    public void An_answer_below_the_limit_ends_with_a_warning(double value, bool isEnough) =>
        Assert.Equal(isEnough, Abstention.After(_expert, Sure(value)).Length == 0);

    private static Confidence Sure(double value) => new(value, "low", false, ImmutableSortedDictionary<string, double>.Empty);
}
