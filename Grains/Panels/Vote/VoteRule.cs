using System.Collections.Immutable;
using System.Globalization;
using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Vote;

/// <summary>Counts a vote.</summary>
/// <remarks>
/// <code>
/// majority   share(o) = ballots for o / ballots
/// weighted   share(o) = weight of the ballots for o / weight of all ballots
///            decided where share is more than a half and at least the threshold
/// borda      points(o) = mean over the ballots on which o may stand of (m - place) / (m - 1), m options on that ballot
///            decided where nobody has as many
/// </code>
/// With Borda, options that a ballot leaves out share its last places: each gets their mean, as Black has it in "Partial
/// Justification of the Borda Count" (Public Choice 28, 1976). The mean over ballots and the division by m - 1 are ours, since
/// nobody ranks what it holds: otherwise an option of many authors would stand on fewer ballots and lose for it.
/// A tie is broken by the weight of the ballots (first places with Borda), then by the Borda points of those ballots that rank.
/// Of two options with exactly half each, the break decides like a casting vote; a plurality that is no majority does not decide:
/// it is named as the strongest. Fewer valid ballots than the quorum are no vote.
/// </remarks>
internal static class VoteRule
{
    private const double Same = 1e-9;

    public static PanelFindings Of(PanelState state, string stopped)
    {
        var name = state.Charter!.Rule ?? VoteRules.Majority;
        var rule = new PanelRule(name)
        {
            Stopped = stopped, Cycles = 1, Threshold = name == VoteRules.Borda ? null : Math.Max(0.5, state.Charter.Threshold),
        };
        var options = VoteOptions.Of(state);
        var isGiven = !state.Charter.Options.IsEmpty;
        if (!isGiven && Quorum.IsMet(state) && options.Length == 1)
            return Agreed(state, rule, options);
        var ballots = Ballots.Of(state, options);
        var tallies = VoteCount.Tallies(options, ballots);
        rule = rule with { Options = tallies, Weights = Weights.Table(state, ballots.Select(ballot => ballot.Entry)) };
        if (ballots.Length < Quorum.Needed(state, state.Members.Count()))
            return Findings.NoQuorum(state, rule, ballots.Length) with { Positions = isGiven ? Held(options, ballots) : null };
        var found = Winner(state, rule, tallies, options, ballots.Length);
        return isGiven ? Given(state, found, options, ballots) : found;
    }

    private static PanelFindings Winner(
        PanelState state, PanelRule rule, ImmutableArray<OptionTally> tallies, ImmutableArray<PanelOption> options, int ballots)
    {
        var (winner, runners, tieBreak, isTied) = Strongest(rule.Name, tallies);
        var share = Measure(rule.Name, winner) / (rule.Name == VoteRules.Weighted ? tallies.Sum(one => one.Weight) : ballots);
        var isEnough = rule.Name == VoteRules.Borda || (share >= rule.Threshold - Same
            && (share > 0.5 + Same || (share > 0.5 - Same && tieBreak is not null)));
        var option = options.Single(one => one.Label == winner.Label);
        return new(
            isTied || !isEnough ? PanelDecisions.Undecided : PanelDecisions.Decided, option.Text,
                rule with { TieBreak = tieBreak },
            option.Authors, Findings.Opening(option.Text),
            [
                Numbers(rule, winner, share, ballots),
                runners.IsEmpty ? "Nothing else was voted for."
                    : $"Next: {string.Join("; ", runners.Take(3).Select(one => Figure(rule.Name, one)))}.",
                .. tieBreak is null ? Array.Empty<string>() : [$"The tie was broken by {tieBreak}."],
                .. isTied ? ["The tie could not be broken: of equals the first of the ballot is named."] : Array.Empty<string>(),
                .. Findings.EvidenceGround(state, option.Authors),
            ]);
    }

    /// <summary>The strongest option, the others by strength, and what broke a tie for the first place, if anything could.</summary>
    private static (OptionTally Winner, ImmutableArray<OptionTally> Others, string? TieBreak, bool IsTied) Strongest(
        string rule, ImmutableArray<OptionTally> tallies)
    {
        var ranked = tallies.OrderByDescending(one => Measure(rule, one))
            .ThenByDescending(one => one.Weight).ThenByDescending(one => one.Points).ToImmutableArray();
        var (first, second) = (ranked[0], ranked.Length > 1 ? ranked[1] : null);
        var others = ranked.RemoveAt(0).RemoveAll(one => Measure(rule, one) == 0);
        return second is null || Measure(rule, first) > Measure(rule, second) ? (first, others, null, false)
            : first.Weight > second.Weight ? (first, others, "weight", false)
            : first.Points > second.Points ? (first, others, VoteRules.Borda, false)
            : (first, others, null, true);
    }

    private static double Measure(string rule, OptionTally tally) => rule switch
    {
        VoteRules.Weighted => tally.Weight,
        VoteRules.Borda => tally.Points,
        _ => tally.Votes,
    };

    private static PanelFindings Agreed(PanelState state, PanelRule rule, ImmutableArray<PanelOption> options) => new(
        PanelDecisions.Decided, options[0].Text, rule with { Options = VoteCount.Tallies(options, []) }, options[0].Authors,
        Findings.Opening(options[0].Text),
        ["All drafts say the same: there was nothing to vote on.", .. Findings.EvidenceGround(state, options[0].Authors)]);

    /// <summary>With options that nobody drafted, who voted for one holds it.</summary>
    private static PanelFindings Given(
        PanelState state, PanelFindings found, ImmutableArray<PanelOption> options, ImmutableArray<Ballot> ballots)
    {
        var held = Held(options, ballots);
        var shares = Weights.Shares(state, held);
        var groups = ballots.GroupBy(ballot => ballot.Choice).Select(group =>
            group.Select(ballot => ballot.Entry.Seat).ToImmutableArray())
            .Select(seats => new PositionCluster(
                seats, seats.MaxBy(seat => shares[seat])!, Math.Round(seats.Sum(seat => shares[seat]), 6),
                held.Single(entry => entry.Seat == seats[0]).Said.Stance))
            .OrderByDescending(cluster => cluster.Share).ToImmutableArray();
        return found with
        {
            Positions = held,
            Prevailing = [.. held.Where(entry => entry.Said.Stance == found.Answer).Select(entry => entry.Seat)],
            Rule = found.Rule with { Agreement = new(groups[0].Share, groups, "choice/1") },
        };
    }

    private static ImmutableArray<PanelEntry> Held(ImmutableArray<PanelOption> options, ImmutableArray<Ballot> ballots) =>
    [
        .. from ballot in ballots
           let text = options.Single(option => option.Label == ballot.Choice).Text
           let said = ballot.Entry.Said
           select ballot.Entry with { Said = said with { Stance = text, Text = said.Text.Length > 0 ? said.Text : text } },
    ];

    private static string Numbers(PanelRule rule, OptionTally winner, double share, int ballots) => rule.Name == VoteRules.Borda
        ? string.Create(CultureInfo.InvariantCulture, $"{Figure(rule.Name, winner)} on {ballots} ballots, 1 being first on all.")
        : string.Create(CultureInfo.InvariantCulture,
            $"{Figure(rule.Name, winner)} of {ballots} ballots: {share:P0}; needed are more than half and {rule.Threshold:P0}.");

    private static string Figure(string rule, OptionTally tally) => rule switch
    {
        VoteRules.Weighted => string.Create(CultureInfo.InvariantCulture,
            $"{tally.Label} has weight {tally.Weight:0.##} with {tally.Votes}"),
        VoteRules.Borda => string.Create(CultureInfo.InvariantCulture, $"{tally.Label} has {tally.Points:0.###} points"),
        _ => $"{tally.Label} has {tally.Votes}",
    };
}
