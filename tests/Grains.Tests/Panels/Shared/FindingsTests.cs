using Xunit;
using static Colloquy.Panels.PanelTable;

namespace Colloquy.Panels.Shared;

public sealed class FindingsTests
{
    [Theory]
    [InlineData("It is so. More follows.", "It is so.")]
    [InlineData("  It is so\nand more.", "It is so")]
    [InlineData("It is so", "It is so")]
    [InlineData(". so", ". so")]
    [InlineData("A. Then B.", "A.")]
    public void An_opening_is_the_first_sentence_of_the_first_line(string text, string opening) =>
        Assert.Equal(opening, Findings.Opening(text));

    [Fact]
    public void An_opening_is_short() => Assert.Equal(new string('x', 300), Findings.Opening(new string('x', 300) + "yz"));

    [Theory]
    [InlineData(0, "No position that prevails cites a source.")]
    [InlineData(1, "It rests on Title of d0.")]
    [InlineData(5, "It rests on Title of d0, Title of d1, Title of d2, Title of d3, Title of d4.")]
    [InlineData(6, "It rests on Title of d0, Title of d1, Title of d2, Title of d3, Title of d4 and others.")]
    public void Sources_are_named_once_each_and_not_endlessly(int sources, string ground)
    {
        var said = new Contribution("So.") { Citations = [.. Enumerable.Range(0, sources).Select(at => Quote($"d{at}"))] };
        var state = Convened(PanelProtocols.Parallel, 2).Says("s1", said).Says("s2", said).State;
        Assert.Equal(ground, Assert.Single(Findings.EvidenceGround(state, ["s1", "s2", "s9"])));
    }

    [Theory]
    [InlineData(PanelStops.Deadline, PanelStops.Deadline)]
    [InlineData(PanelStops.Decided, PanelStops.Quorum)]
    [InlineData(PanelStops.Quorum, PanelStops.Quorum)]
    public void Without_a_quorum_only_time_is_another_reason_to_stop(string stopped, string expected)
    {
        var findings = Findings.NoQuorum(Convened(PanelProtocols.Parallel, 3).State, new("parallel") { Stopped = stopped });
        Assert.Equal((expected, PanelDecisions.NoQuorum, null), (findings.Rule.Stopped, findings.Decision, findings.Answer));
        Assert.Empty(findings.Prevailing);
    }
}
