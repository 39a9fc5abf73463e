using System.Collections.Immutable;
using System.Text;
using Colloquy.Knowledge;

namespace Colloquy.Panels.Seats.Rules;

/// <summary>A sentence that somebody says.</summary>
/// <param name="Text">Without markers.</param>
/// <param name="Sources">The numbers that it cites.</param>
/// <param name="Claim">What it says, as far as words show it.</param>
internal sealed record Statement(string Text, ImmutableArray<int> Sources, Claim Claim)
{
    /// <summary>With its markers.</summary>
    public string Cited => Sources.IsEmpty ? Text : $"{Text} {string.Concat(Sources.Select(n => $"[{n}]"))}";

    /// <summary>The sentences of a text; headings, questions and fragments state nothing.</summary>
    public static ImmutableArray<Statement> Of(string text)
    {
        var (markers, found) = (CitationMarkers.Of(text), ImmutableArray.CreateBuilder<Statement>());
        foreach (var (span, isHeading) in Sentences.Of(text))
        {
            var own = markers.Where(marker => marker.Span.Start >= span.Start && marker.Span.Start < span.End).ToArray();
            var words = new StringBuilder();
            var from = span.Start;
            foreach (var marker in own)
            {
                words.Append(text, from, marker.Span.Start - from);
                from = marker.Span.End;
            }
            if (from < span.End)
                words.Append(text, from, span.End - from);
            var plain = words.ToString().Trim();
            var claim = Claim.Of(plain);
            if (!isHeading && !plain.EndsWith('?') && claim.Words.Count >= WordsMin)
                found.Add(new(plain, [.. own.SelectMany(marker => marker.Numbers).Distinct()], claim));
        }
        return found.ToImmutable();
    }

    private const int WordsMin = 2;

    /// <summary>The sentences of sources, each citing the source it stands in.</summary>
    public static ImmutableArray<Statement> OfSources(IReadOnlyList<Passage> sources) =>
        [.. sources.SelectMany((source, at) => Of(source.Text).Select(one => one with { Sources = [at + 1] }))];

    /// <summary>How far the best of these sentences carries this one, 0 to 1 (<see cref="Claim.CarriedBy"/>).</summary>
    public double CarriedBy(IEnumerable<Statement> evidence) =>
        evidence.Select(one => Claim.CarriedBy(one.Claim)).DefaultIfEmpty().Max();

    /// <summary>The first of these sentences that contradicts this one by words (<see cref="Agreement"/>), or null. What says the
    /// same elsewhere is not contradicted.</summary>
    public Statement? ContradictedBy(IReadOnlyCollection<Statement> evidence) =>
        CarriedBy(evidence) >= Support.SupportedFrom ? null
            : evidence.FirstOrDefault(one => Agreement.Of(Text, one.Text) is false);
}
