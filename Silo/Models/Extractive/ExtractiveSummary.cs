using System.Text;
using Colloquy.Knowledge;
using Microsoft.Extensions.AI;

namespace Colloquy.Models.Extractive;

/// <summary>
/// A conversation in its most central sentences: those most like all others, as LexRank's degree (G. Erkan and D. Radev, 2004)
/// finds them, without its iteration. Nothing is rephrased.
/// </summary>
internal static class ExtractiveSummary
{
    public const string Notice = "Quoted from the conversation (no language model is configured):";

    /// <summary>Characters of a summary, notice included.</summary>
    public const int CharactersMax = 1_200;

    /// <summary>Sentences looked at, the newest: comparing each with each grows with the square.</summary>
    private const int SentencesMax = 400;

    public static string Of(IReadOnlyList<ChatMessage> messages)
    {
        var said = Transcript.Of(messages).DistinctBy(sentence => sentence.Text, StringComparer.Ordinal)
            .TakeLast(SentencesMax).ToArray();
        var speakers = said.Select(sentence => sentence.Speaker).Distinct(StringComparer.Ordinal).Count();
        var lines = said.Select(sentence => speakers > 1 ? $"\n- {sentence.Speaker}: {sentence.Text}" : $"\n- {sentence.Text}");
        return said.Length == 0 ? "" : Write([.. lines], Centrality(said));
    }

    private static string Write(string[] lines, double[] centrality)
    {
        var kept = new SortedSet<int>();
        var left = CharactersMax - Notice.Length;
        foreach (var at in Enumerable.Range(0, lines.Length).OrderByDescending(at => centrality[at]))
        {
            if (lines[at].Length > left)
                continue;
            kept.Add(at);
            left -= lines[at].Length;
        }

        return kept.Aggregate(new StringBuilder(Notice), (text, at) => text.Append(lines[at])).ToString();
    }

    /// <summary>How like each sentence is to all others: cosines of their words, weighted by rarity, summed.</summary>
    private static double[] Centrality(Said[] said)
    {
        var index = new Bm25(said.Select(sentence => (IReadOnlyList<string>)sentence.Words));
        var weights = Array.ConvertAll(
            said, sentence => sentence.Words.ToDictionary(word => word, index.Idf, StringComparer.Ordinal));
        var norms = weights.Select(words => Math.Sqrt(words.Values.Sum(weight => weight * weight))).ToArray();
        var centrality = new double[said.Length];
        for (var a = 0; a < said.Length; a++)
        {
            for (var b = a + 1; b < said.Length; b++)
            {
                var product = weights[a].Sum(word => weights[b].TryGetValue(word.Key, out var other) ? word.Value * other : 0);
                var likeness = product == 0 ? 0 : product / (norms[a] * norms[b]);
                centrality[a] += likeness;
                centrality[b] += likeness;
            }
        }

        return centrality;
    }
}
