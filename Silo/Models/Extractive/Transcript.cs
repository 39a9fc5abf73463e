using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Colloquy.Knowledge;
using Microsoft.Extensions.AI;

namespace Colloquy.Models.Extractive;

/// <summary>A sentence of a conversation.</summary>
/// <param name="Speaker"><c>User</c> or <c>Expert</c>.</param>
/// <param name="Words">Its distinct words of meaning.</param>
internal sealed record Said(string Speaker, string Text, ImmutableSortedSet<string> Words);

/// <summary>Reads a conversation sentence by sentence, without what this model said about itself.</summary>
/// <remarks>
/// A conversation is either the messages of users and assistants, or one message whose first paragraph is the request and whose
/// further lines begin with <c>User:</c> or <c>Expert:</c> where the speaker changes.
/// </remarks>
internal static partial class Transcript
{
    private const string User = "User";
    private const string Expert = "Expert";

    /// <summary>A longer sentence would fill a summary by itself.</summary>
    private const int SentenceCharactersMax = 400;

    private static readonly string[] _own =
        [ExtractiveAnswer.Notice, ExtractiveAnswer.NothingFound, ExtractiveAnswer.NoQuestion, ExtractiveSummary.Notice];

    public static IEnumerable<Said> Of(IReadOnlyList<ChatMessage> messages)
    {
        var spoken = messages.Where(message => message.Role == ChatRole.User || message.Role == ChatRole.Assistant).ToArray();
        if (spoken is [var only] && Turn().IsMatch(only.Text))
            return InOne(only.Text).SelectMany(turn => SentencesOf(turn.Speaker, turn.Text));
        return spoken.SelectMany(message => SentencesOf(message.Role == ChatRole.User ? User : Expert, message.Text));
    }

    private static IEnumerable<(string Speaker, string Text)> InOne(string text)
    {
        var turns = Turn().Matches(text);
        for (var i = 0; i < turns.Count; i++)
        {
            var start = turns[i].Index + turns[i].Length;
            yield return (turns[i].Groups[1].Value, text[start..(i + 1 < turns.Count ? turns[i + 1].Index : text.Length)]);
        }
    }

    private static IEnumerable<Said> SentencesOf(string speaker, string text)
    {
        foreach (var own in _own)
            text = text.Replace(own, "", StringComparison.Ordinal);
        foreach (var (span, isHeading) in Sentences.Of(text))
        {
            var sentence = string.Join(' ', span.In(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            foreach (var marker in CitationMarkers.Of(sentence).Reverse())
                sentence = sentence.Remove(marker.Span.Start, marker.Span.Length).TrimEnd();
            var words = Knowledge.Words.Of(sentence).ToImmutableSortedSet(StringComparer.Ordinal);
            if (!isHeading && words.Count > 1 && sentence.Length <= SentenceCharactersMax && !IsOwn(sentence))
                yield return new Said(speaker, sentence, words);
        }
    }

    private static bool IsOwn(string sentence) =>
        sentence.EndsWith(':') || sentence.StartsWith(ExtractiveAnswer.GapNotice, StringComparison.Ordinal)
        || sentence.StartsWith(ExtractiveAnswer.Wanting, StringComparison.Ordinal);

    // What stands before the first turn is the request, or the heading of an earlier summary.
    [GeneratedRegex("^(?:- )?(User|Expert): ?", RegexOptions.Multiline)]
    private static partial Regex Turn();
}
