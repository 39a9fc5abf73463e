using System.Collections.Immutable;
using Colloquy.Knowledge;

namespace Colloquy.Panels.Standing;

/// <summary>Precedents, ready to be searched: Okapi BM25 over question and answer, of equals the latest first.</summary>
/// <remarks>
/// A search shows whatever shares a word. What a panel is told must <see cref="Fitting">fit</see>: none is better than a wrong one,
/// which would be cited. It fits if
/// <code>
/// its question and answer hold at least half of the distinct words of the new question, and
/// its question alone holds at least two of them, or the only one.
/// </code>
/// The first keeps out what is about something else, the second what mentions the words in a long answer. Both are counts, so
/// that what fits does not depend on what else is kept.
/// </remarks>
internal sealed class PrecedentSearch
{
    private const double FitsFrom = 0.5;
    private const int WordsOfQuestion = 2;

    private readonly ImmutableArray<(Precedent Precedent, ImmutableHashSet<string> Question, ImmutableHashSet<string> All)> _kept;
    private readonly Bm25 _words;

    /// <param name="precedents">The latest last.</param>
    public PrecedentSearch(ImmutableArray<Precedent> precedents)
    {
        var texts = precedents.Reverse()
            .Select(one => (Precedent: one, Question: Words.Of(one.Question), Answer: Words.Of(one.Answer))).ToArray();
        _kept = [.. texts.Select(text => (text.Precedent, text.Question.ToImmutableHashSet(StringComparer.Ordinal),
            text.Question.Concat(text.Answer).ToImmutableHashSet(StringComparer.Ordinal)))];
        _words = new(texts.Select(text => (IReadOnlyList<string>)[.. text.Question, .. text.Answer]));
    }

    /// <summary>Those that share a word with a text, best first, or the latest for null.</summary>
    public ImmutableArray<Precedent> Best(string? text, int limit) => text is null
        ? [.. _kept.Take(limit).Select(one => one.Precedent)]
        : [.. Ranked(Distinct(text)).Take(limit).Select(at => _kept[at].Precedent)];

    /// <summary>Those that fit a question, best first.</summary>
    public ImmutableArray<Precedent> Fitting(string question, int limit)
    {
        var words = Distinct(question);
        return [.. Ranked(words).Where(at => Fits(words, at)).Take(limit).Select(at => _kept[at].Precedent)];
    }

    private IEnumerable<int> Ranked(string[] words)
    {
        var scores = _words.Scores(words.Select(word => (word, 1.0)));
        return Enumerable.Range(0, scores.Length).Where(at => scores[at] > 0).OrderByDescending(at => scores[at]);
    }

    private bool Fits(string[] words, int at) =>
        words.Count(_kept[at].All.Contains) >= FitsFrom * words.Length
        && words.Count(_kept[at].Question.Contains) >= Math.Min(WordsOfQuestion, words.Length);

    private static string[] Distinct(string text) => [.. Words.Of(text).Distinct(StringComparer.Ordinal)];
}
