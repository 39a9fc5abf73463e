using System.Collections.Immutable;
using Colloquy.Agents;
using Colloquy.Selection;

namespace Colloquy.Tests.Selection;

public sealed class SelectionProtocolTests
{
    private static readonly DecisionLimits _limits = new(OneFrom: 0.5, MarginMin: 0.2, SeveralFrom: 0.4, NoneBelow: 0.1);

    [Theory]
    [InlineData("one", 1, 0.9, 0.3)]
    [InlineData("one", 1, 0.5)]
    [InlineData("several", 2, 0.9, 0.8, 0.1)]
    [InlineData("several", 3, 0.9, 0.8, 0.75, 0.74)]
    [InlineData("ask", 0, 0.45, 0.2)]
    [InlineData("ask", 0, 0.38, 0.37)]
    [InlineData("none", 0, 0.09, 0.01)]
    [InlineData("none", 0)]
    public void Scores_decide(string decision, int chosen, params double[] scores)
    {
        var selection = SelectionProtocol.Decide(Of(scores), SelectionMethods.Ranker, 0, _limits);
        Assert.Equal((decision, chosen), (selection.Decision, selection.Agents.Length));
        Assert.Equal(Of(scores).Skip(chosen).Take(3).Select(one => one.Agent.Id), selection.Alternatives);
    }

    [Fact]
    public void Whoever_is_asked_back_hears_whom_there_is_and_what_they_cover()
    {
        var question = SelectionProtocol.Decide(Of(0.45, 0.3), SelectionMethods.Ranker, 0, _limits).Question;
        Assert.Equal("Could you say more, or choose who should answer? Agent a0 covers topic a0; Agent a1 covers topic a1.", question);
    }

    [Fact]
    public void A_label_moves_what_it_speaks_of_by_a_bounded_step_and_older_labels_give_way()
    {
        var signals = Signals.All.ToDictionary(name => name, _ => 1.0);
        var state = new SelectorState();
        for (var at = 0; at < RankerLearning.LabelsMax + 5; at++)
        {
            var next = RankerLearning.Learn(state, new($"{at}", "feedback", $"q{at}", "a", Fits: false), signals).Next;
            Assert.All(Signals.All, name => Assert.InRange(
                next.Learned.GetValueOrDefault(name) - state.Learned.GetValueOrDefault(name), -0.25, 0.25));
            state = next;
        }
        Assert.All(state.Learned.Values, drift => Assert.InRange(drift, -3, 0));
        Assert.Equal(RankerLearning.LabelsMax, state.Labels.Length);
        Assert.Equal("q5", state.Labels[0].Question);
        Assert.Equal(RankerLearning.LabelsMax + 5, state.Version);
    }

    [Fact]
    public void Figures_count_as_they_say()
    {
        ImmutableArray<LabelledQuestion> questions =
            [new("a", ["x"], "one"), new("b", ["x", "y"], "several"), new("c", [], "none"), new("d", ["y"], "one")];
        var figures = SelectionEvaluation.Figures(questions,
        [
            new("one", ["x"], "x"), new("several", ["x", "y"], "x"), new("one", ["z"], "z"), new("ask", [], "y"),
        ]);
        Assert.Equal(new SelectionFigures(3 / 4.0, 3 / 4.0, 3 / 4.0, 2 / 4.0, 1, 1 / 2.0, 1 / 2.0), figures);
    }

    private static ImmutableArray<Ranked> Of(params double[] scores) =>
    [
        .. scores.Select((score, at) => new Ranked(new AgentProfile(
            $"a{at}", $"Agent a{at}", "", "", [$"topic a{at}"], [], [], [], [], null, 0, 1, 1), score,
            ImmutableSortedDictionary<string, double>.Empty)),
    ];
}
