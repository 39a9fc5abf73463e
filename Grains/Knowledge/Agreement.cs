using System.Collections.Immutable;
using System.Text;

namespace Colloquy.Knowledge;

/// <summary>Whether the sources of an answer say the same.</summary>
/// <remarks>
/// Two quotes of different documents are compared when they speak of the same thing: when they share at least half of the words
/// of the shorter one, numbers not counted. They contradict each other when one denies and the other does not, or when each
/// has a number that the other lacks; else they agree. This is a check of words: two rules for two cases look like a
/// contradiction, and two ways of putting a disagreement may not.
/// <code>agreement = 0.5 + 0.5 (agreeing - contradicting) / compared pairs</code>
/// </remarks>
internal static class Agreement
{
    /// <summary>Where there is nothing to compare: one source alone is neither confirmed nor contradicted.</summary>
    public const double Neutral = 0.5;

    private const double SameSubject = 0.5;

    /// <summary>Quotes that are compared with each other, the first ones of an answer.</summary>
    private const int QuotesMax = 40;

    /// <summary>0 where all pairs contradict each other or nothing is cited, to 1 where all agree.</summary>
    /// <param name="citations">Those that stand.</param>
    public static double Of(IReadOnlyCollection<Citation> citations)
    {
        if (citations.Count == 0)
            return 0;
        var quotes = citations.DistinctBy(one => (one.DocumentId, one.Start, one.End)).Take(QuotesMax)
            .Select(Said.Of).ToList();
        var (agreeing, contradicting) = (0, 0);
        for (var i = 0; i < quotes.Count; i++)
            for (var j = i + 1; j < quotes.Count; j++)
                switch (quotes[i].Compare(quotes[j]))
                {
                    case true:
                        agreeing++;
                        break;
                    case false:
                        contradicting++;
                        break;
                    default:
                        break; // of other things, or of one document
                }
        var pairs = agreeing + contradicting;
        return pairs == 0 ? Neutral : 0.5 + (0.5 * (agreeing - contradicting) / pairs);
    }

    /// <summary>Whether two sentences of different sources agree, or null where they do not speak of the same thing.</summary>
    public static bool? Of(string one, string other) => Said.Of("one", one).Compare(Said.Of("other", other));

    private sealed record Said(
        string Document, ImmutableSortedSet<string> Words, ImmutableSortedSet<string> Numbers, bool Denies)
    {
        public static Said Of(Citation citation) => Of(citation.DocumentId, citation.Quote);

        public static Said Of(string document, string quote)
        {
            var claim = Claim.Of(quote);
            return new Said(
                document, claim.Words.Except(claim.Words.Where(word => char.IsAsciiDigit(word[0]))),
                NumbersOf(claim.Plain), claim.Denies);
        }

        /// <summary>Whether the two agree, or null if they cannot be compared.</summary>
        public bool? Compare(Said other)
        {
            var least = Math.Min(Words.Count, other.Words.Count);
            if (Document == other.Document || least == 0 || Words.Intersect(other.Words).Count < SameSubject * least)
                return null;
            return Denies == other.Denies && (Numbers.IsSubsetOf(other.Numbers) || other.Numbers.IsSubsetOf(Numbers));
        }
    }

    /// <summary>Numbers with their decimals, without the commas that group thousands: "1,000" is "1000".</summary>
    private static ImmutableSortedSet<string> NumbersOf(string text)
    {
        var numbers = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsAsciiDigit(text[at]))
                continue;
            var number = new StringBuilder();
            for (; at < text.Length && (char.IsAsciiDigit(text[at]) || IsInside(text, at)); at++)
                if (text[at] != ',')
                    number.Append(text[at]);
            numbers.Add(number.ToString());
        }

        return numbers.ToImmutable();
    }

    private static bool IsInside(string text, int at) =>
        text[at] is '.' or ',' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]);
}
