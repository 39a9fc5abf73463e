using System.Text.Json;
using Xunit;

namespace Colloquy.Panels;

/// <summary>What readers of text see below an answer.</summary>
public sealed class OutcomeTextTests
{
    private const string Outcome = """
        {"decision":"decided","answer":"Yes, it is.","rule":{"name":"weighted","stopped":"decided","options":[
        {"label":"A","text":"Yes","authors":["s1"],"votes":2,"weight":1.75,"points":0,"ballots":3,"voters":["s1","s3"]},
        {"label":"B","text":"No","authors":["s2"],"votes":1,"weight":0.8,"points":0,"ballots":3,"voters":["s2"]}],"weights":[],"spread":[],
        "agreement":{"share":0.66,"clusters":[],"method":"m"},"criteria":[],"threshold":0.5,"cycles":1,"assumptions":[]},
        "positions":[{"seat":"s2","agent":"b","name":"Bo","role":"member","answer":"No, never.","stance":"No","evidence":[],"round":1}],
        "minorityReport":[{"seats":["s2"],"stance":"No","answer":"No, never.","share":0.34,"objections":["It can fail."],"evidence":[]}],
        "recommendation":{"text":"Yes","grounds":[]},"citations":[],"cost":{"total":{"inputTokens":1,"outputTokens":2},"seats":[]},
        "timeline":[],"absent":[]}
        """;

    [Fact]
    public void The_rule_is_told_with_its_numbers_and_every_dissent_with_who_holds_it() => Assert.Equal("""
        Decided by weighted: A (Yes) 1.75 by weight; B (No) 0.8 by weight; agreement 66 %; needed 50 %.

        Minority report:
        - Bo (s2) (34 %): No Objections: It can fail.
        """, OutcomeText.Of(Read()));

    [Fact]
    public void Nobody_of_another_mind_is_said_too() =>
        Assert.EndsWith("Minority report: none.", OutcomeText.Of(Read() with { MinorityReport = [] }), StringComparison.Ordinal);

    private static PanelOutcome Read() => JsonSerializer.Deserialize<PanelOutcome>(Outcome, JsonSerializerOptions.Web)!;
}
