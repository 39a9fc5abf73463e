using System.Collections.Immutable;
using System.Text;
using Colloquy.Knowledge;

namespace Colloquy.Panels.Seats;

/// <summary>What a seat reads: its own passages first, then what others cite, under one count of numbers; and the words of others
/// with their markers counted anew.</summary>
/// <param name="Own">How many of the sources are of this seat's own knowledge.</param>
/// <param name="Sources"><c>[n]</c> is element n - 1.</param>
/// <param name="Entries">What the brief shows, its markers pointing into <paramref name="Sources"/>.</param>
internal sealed record SeatMaterial(int Own, ImmutableArray<Passage> Sources, ImmutableArray<BriefEntry> Entries)
{
    public ImmutableArray<Passage> OwnPassages => [.. Sources.Take(Own)];

    /// <summary>What others said, without the seat's own words.</summary>
    public IEnumerable<BriefEntry> Others => Entries.Where(entry => !IsOwn(entry));

    public IEnumerable<BriefEntry> OwnEntries => Entries.Where(IsOwn);

    /// <summary>The last position of each other speaker.</summary>
    public ImmutableArray<BriefEntry> Positions =>
    [
        .. Others.Where(entry => PanelPhases.IsPosition(entry.Phase)).GroupBy(entry => entry.Speaker, StringComparer.Ordinal)
            .Select(group => group.MaxBy(entry => entry.Round)!),
    ];

    public static SeatMaterial Of(SeatBrief brief, IReadOnlyList<Passage> own)
    {
        var sources = own.ToList();
        var entries = brief.Entries.Select(entry => Renumbered(entry, sources, own.Count)).ToImmutableArray();
        return new(own.Count, [.. sources], entries);
    }

    private static bool IsOwn(BriefEntry entry) => entry.Speaker == "you";

    private static BriefEntry Renumbered(BriefEntry entry, List<Passage> sources, int own)
    {
        var numbers = entry.Said.Citations.ToLookup(citation => citation.N, citation => Place(citation, sources, own));
        var seen = new Dictionary<int, int>();
        string Marks(int n)
        {
            var places = numbers[n].ToArray();
            if (places.Length == 0)
                return "";
            // A passage that is cited again may be cited for another of its sentences: the citations stand in order.
            var at = seen[n] = seen.TryGetValue(n, out var before) ? Math.Min(before + 1, places.Length - 1) : 0;
            return places[at] > 0 ? $"[{places[at]}]" : "";
        }
        return entry with { Said = entry.Said with { Text = Renumbered(entry.Said.Text, Marks) } };
    }

    /// <summary>A text whose markers are written anew, number by number.</summary>
    public static string Renumbered(string text, Func<int, string> mark)
    {
        var anew = new StringBuilder();
        var from = 0;
        foreach (var marker in CitationMarkers.Of(text))
        {
            anew.Append(text, from, marker.Span.Start - from).AppendJoin("", marker.Numbers.Select(mark));
            from = marker.Span.End;
        }
        return anew.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>The number of a cited quote, from 1; 0 where there is no more room for it.</summary>
    private static int Place(Citation citation, List<Passage> sources, int own)
    {
        var at = sources.FindIndex(source => source.DocumentId == citation.DocumentId
            && source.Start <= citation.Start && citation.End <= source.Start + source.Text.Length);
        if (at >= 0)
            return at + 1;
        if (sources.Count - own >= SeatLimits.SourcesOfOthers)
            return 0;
        sources.Add(new(citation.DocumentId, citation.Title, "", citation.Quote, citation.Start, 0));
        return sources.Count;
    }
}
