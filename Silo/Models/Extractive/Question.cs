using System.Collections.Frozen;
using Colloquy.Knowledge;

namespace Colloquy.Models.Extractive;

/// <summary>What is asked, as words with weights.</summary>
/// <param name="Words">Distinct stems; their weight is 1, less if they tell little or come from the question before.</param>
/// <param name="Own">Those that the question itself holds, as they are written there.</param>
internal sealed record Question(
    IReadOnlyList<(string Stem, double Weight)> Words, IReadOnlyList<(string Stem, string Surface, double Weight)> Own)
{
    /// <summary>A question that says little by itself ("And in children?") leans on the one before it this much.</summary>
    private const double EarlierWeight = 0.3;

    private const double WeakWeight = 0.25;

    private const double MetMin = 0.33;

    /// <summary>Words of asking and of everyday talk. They may not make a passage relevant by themselves.</summary>
    private static readonly FrozenSet<string> _weak = Knowledge.Words.Of(
        "add answer ask bad best better big call change day describe difference different due each easy example "
        + "explain fact find first general get give go good great happen help high home hour idea important info "
        + "information job keep know last like list little long look lot low main make many matter mean minute month "
        + "move name need new now number old open order overview part people person place play point possible put quick "
        + "read really right run say second see set short show simple small start state step stop summarise take talk "
        + "tell thank thing think three time today top try turn two type understand use want watch way week well won "
        + "word work world write wrong year hello hi")
        .ToFrozenSet(StringComparer.Ordinal);

    /// <param name="asked">The last message of the user.</param>
    /// <param name="before">The user's message before it; empty at the beginning of a conversation.</param>
    public static Question Of(string asked, string before)
    {
        var own = Knowledge.Words.WithSurface(asked).DistinctBy(word => word.Stem, StringComparer.Ordinal)
            .Select(word => (word.Stem, word.Surface, Weight: _weak.Contains(word.Stem) ? WeakWeight : 1)).ToArray();
        var earlier = Knowledge.Words.Of(before).Distinct(StringComparer.Ordinal)
            .Where(stem => !Array.Exists(own, word => word.Stem == stem))
            .Select(stem => (stem, _weak.Contains(stem) ? EarlierWeight * WeakWeight : EarlierWeight));
        return new Question([.. own.Select(word => (word.Stem, word.Weight)), .. earlier], own);
    }

    /// <summary>Whether the message holds a word that says what it is about.</summary>
    public bool IsTelling => Own.Any(word => word.Weight >= 1) || Words.Any(word => word.Weight >= EarlierWeight);

    /// <summary>
    /// The share of the question that a set of words covers, by weight. A question of at most two words of its own is a
    /// continuation, and counts the one before it too.
    /// </summary>
    public double CoveredBy(IReadOnlySet<string> words)
    {
        var asked = Own.Sum(word => word.Weight) > 2 ? Own.Select(word => (word.Stem, word.Weight)) : Words;
        var (covered, total) = (0.0, 0.0);
        foreach (var (stem, weight) in asked)
        {
            total += weight;
            covered += words.Contains(stem) ? weight : 0;
        }

        return total > 0 ? covered / total : 0;
    }

    /// <summary>
    /// Whether a text with these words may be about the question: a third of the telling words, and two of them when the
    /// question has three or more, because one word of several meets by chance.
    /// </summary>
    public bool IsMetBy(IReadOnlySet<string> words)
    {
        var telling = Own.Where(word => word.Weight >= 1).Select(word => word.Stem).ToArray();
        if (telling.Length <= 1)
            telling = [.. Words.Where(word => word.Weight >= EarlierWeight).Select(word => word.Stem)];
        var met = telling.Count(words.Contains);
        return met >= (telling.Length >= 3 ? 2 : 1) && met >= telling.Length * MetMin;
    }

    /// <summary>Telling words of the question that a set of words lacks, as the user wrote them, in order.</summary>
    public IEnumerable<string> MissingIn(IReadOnlySet<string> words) =>
        Own.Where(word => word.Weight >= 1 && word.Surface.Length > 2 && word.Surface.All(char.IsLetter)
            && !words.Contains(word.Stem)).Select(word => word.Surface);
}
