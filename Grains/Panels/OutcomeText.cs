using System.Globalization;
using System.Text;
using Colloquy.Kernel;

namespace Colloquy.Panels;

/// <summary>What stands below a panel's answer for readers who see text only: the rule with its numbers in one line, and what the
/// answer does not say.</summary>
internal static class OutcomeText
{
    private const int OptionMost = 60; // characters; the label says which it is
    private const int AnswerMost = 400;

    public static string Of(PanelOutcome outcome)
    {
        var text = new StringBuilder(Rule(outcome)).Append("\n\nMinority report:");
        if (outcome.MinorityReport.IsDefaultOrEmpty)
            return text.Append(" none.").ToString();
        foreach (var opinion in outcome.MinorityReport)
        {
            text.Append("\n- ").AppendJoin(", ", opinion.Seats.Select(seat => NameOf(outcome, seat)))
                .Append(CultureInfo.InvariantCulture,
                    $" ({Percent(opinion.Share)}): {Clip(opinion.Stance ?? opinion.Answer, AnswerMost)}");
            if (!opinion.Objections.IsDefaultOrEmpty)
                text.Append(" Objections: ").AppendJoin("; ", opinion.Objections);
        }
        return text.ToString();
    }

    private static string Rule(PanelOutcome outcome)
    {
        var rule = outcome.Rule;
        List<string> figures = [.. rule.Options.Select(option => Tally(rule.Name, option)), .. rule.Criteria.Select(Score)];
        if (rule.Spread is [.., { Median: not null } spread])
            figures.Add($"median {Number(spread.Median)}, "
                + $"quartiles {Number(spread.LowerQuartile)} to {Number(spread.UpperQuartile)}");
        if (rule.Verdict is { } verdict)
            figures.Add($"verdict {verdict}");
        if (rule.Agreement is { } agreement)
            figures.Add($"agreement {Percent(agreement.Share)}");
        if (rule.Threshold is { } threshold)
            figures.Add($"needed {Percent(threshold)}");
        if (rule.TieBreak is { } tie)
            figures.Add($"a tie was broken by {tie}");
        var how = outcome.Decision is PanelDecisions.Decided ? "Decided" : "Not decided";
        return $"{how} by {rule.Name}{(figures.Count > 0 ? ": " : "")}{string.Join("; ", figures)}.";
    }

    private static string Tally(string rule, OptionTally option) =>
        (option.Label == option.Text ? option.Label : $"{option.Label} ({Clip(option.Text, OptionMost)})") + " " + rule switch
    {
        VoteRules.Borda => $"{Number(option.Points)} points",
        VoteRules.Weighted => $"{Number(option.Weight)} by weight",
        _ => option.Votes == 1 ? "1 vote" : $"{Number(option.Votes)} votes",
    };

    private static string Score(CriterionScore score) => $"{score.Criterion} {Number(score.Mean)} of 5";

    private static string NameOf(PanelOutcome outcome, string seat) =>
        outcome.Positions.FirstOrDefault(position => position.Seat == seat) is { } position ? $"{position.Name} ({seat})" : seat;

    private static string Number(double? number) => number?.ToString("0.##", CultureInfo.InvariantCulture) ?? "unknown";

    private static string Percent(double share) => share.ToString("0 %", CultureInfo.InvariantCulture);

    private static string Clip(string text, int most)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= most ? line : $"{Texts.First(line, most)}…";
    }
}
