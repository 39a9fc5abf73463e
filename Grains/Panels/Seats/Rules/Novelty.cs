using System.Collections.Immutable;
using Colloquy.Knowledge;

namespace Colloquy.Panels.Seats.Rules;

/// <summary>Which of its own passages a seat quotes from when others have spoken: those that nobody else cites, since repeating a
/// quotation adds nothing. Where all are cited, all of them.</summary>
internal static class Novelty
{
    public static ImmutableArray<Passage> Prefer(SeatMaterial material, string phase)
    {
        if (phase is not (PanelPhases.Speak or PanelPhases.Revise or PanelPhases.Rebut or PanelPhases.Challenge))
            return material.OwnPassages;
        var cited = material.Others.SelectMany(entry => entry.Said.Citations).ToArray();
        var left = material.OwnPassages.RemoveAll(own => Array.Exists(cited, one =>
            one.DocumentId == own.DocumentId && one.Start < own.Start + own.Text.Length && own.Start < one.End));
        return left.IsEmpty ? material.OwnPassages : left;
    }
}
