namespace Colloquy.Knowledge.Citations;

/// <summary>Whether a quotation stands in a source.</summary>
internal enum QuoteMatch
{
    /// <summary>Nowhere.</summary>
    Missing,

    /// <summary>In other white space, case or typography, or at another place.</summary>
    Normalised,

    /// <summary>Character for character, at the place that was given.</summary>
    Exact,
}

/// <param name="Span">Where it stands; empty if it is missing.</param>
/// <param name="Quote">What stands there, verbatim.</param>
internal readonly record struct CheckedQuote(QuoteMatch Match, TextSpan Span, string Quote);

/// <summary>Checks quotations against a stored source: at the given place first, then anywhere as <see cref="ComparedText"/>
/// compares.</summary>
internal sealed class CitationCheck
{
    private readonly Lazy<ComparedText> _compared;
    private readonly string _text;

    /// <param name="text">The stored text of the source.</param>
    public CitationCheck(string text)
    {
        _text = text;
        _compared = new Lazy<ComparedText>(() => ComparedText.Of(text), LazyThreadSafetyMode.None);
    }

    /// <param name="quote">What is said to stand there.</param>
    /// <param name="start">The first of its characters in the stored text, as the citation has it.</param>
    /// <param name="end">The one after its last.</param>
    public CheckedQuote Find(string quote, int start, int end)
    {
        if (quote.Length > 0 && start >= 0 && end <= _text.Length && end - start == quote.Length
            && string.CompareOrdinal(_text, start, quote, 0, quote.Length) == 0)
            return new CheckedQuote(QuoteMatch.Exact, new TextSpan(start, end), quote);
        return _compared.Value.Find(ComparedText.Of(quote), start) is { } found
            ? new CheckedQuote(QuoteMatch.Normalised, found, found.In(_text))
            : new CheckedQuote(QuoteMatch.Missing, default, "");
    }

    /// <summary>Whether words that an answer quotes stand in the source. Where the quotation leaves something out
    /// (<c>...</c>, <c>[...]</c>), its parts must stand there in order; the stop that ends it may be the answer's own.</summary>
    public bool Holds(string quotation)
    {
        var from = 0;
        foreach (var part in AnswerQuotes.Parts(quotation))
        {
            if (_compared.Value.Find(ComparedText.Of(part), from, from) is not { } found)
                return false;
            from = found.End;
        }

        return true;
    }
}
