using System.Collections.Immutable;
using System.Globalization;
using Colloquy.Panels.Shared;

namespace Colloquy.Panels.Roundtable;

/// <summary>
/// No vote is taken: the largest group of like last positions prevails, and the chair's synthesis is the answer. How agreement
/// moved from the drafts to the end is told, since those who hear each other grow alike whether or not they are right.
/// </summary>
internal static class RoundtableRule
{
    /// <summary>Who speaks when in a cycle.</summary>
    public static ImmutableArray<string> Order(long seed, int cycle, IEnumerable<string> speakers) =>
        SeededOrder.Shuffle(seed, cycle, speakers);

    public static PanelFindings Of(PanelState state, string stopped)
    {
        var agreement = Clusters.Of(state);
        var rule = new PanelRule(PanelProtocols.Roundtable)
        {
            Stopped = stopped,
            Cycles = state.Closed.Where(round => round.Phase == PanelPhases.Speak).Select(round => round.Cycle).DefaultIfEmpty().Max(),
        };
        if (!Quorum.IsMet(state))
            return Findings.NoQuorum(state, rule);
        var largest = agreement.Clusters[0];
        var synthesis = state.Entries.FirstOrDefault(entry => entry.Phase == PanelPhases.Synthesize);
        var answer = synthesis ?? state.Positions[largest.Representative];
        return new(
            PanelDecisions.Decided, answer.Said.Text, rule, largest.Seats, answer.Said.Stance ?? Findings.Opening(answer.Said.Text),
            [
                Findings.AgreementGround(state, agreement),
                Moved(state, agreement),
                synthesis is null
                    ? $"The chair said nothing: the answer is that of {state.Seat(largest.Representative).Name}, who stands for most."
                    : "The answer is the chair's synthesis of all that was said; the chair has no vote.",
                .. Findings.EvidenceGround(state, largest.Seats),
            ]);
    }

    /// <summary>How many left their draft behind, and what that did to agreement.</summary>
    private static string Moved(PanelState state, AgreementFigures agreement)
    {
        var drafts = state.In(1, PanelPhases.Draft).ToArray();
        var moved = drafts.Count(draft => Likeness.Of(draft.Said, state.Positions[draft.Seat].Said) < Clusters.AlikeFrom);
        return string.Create(CultureInfo.InvariantCulture,
            $"{moved} of {drafts.Length} left their draft behind; agreement was {Clusters.Of(state, drafts).Share:P0} before and "
            + $"{agreement.Share:P0} after they had heard each other.");
    }
}
