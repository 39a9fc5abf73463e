using System.Collections.Immutable;
using System.Text.Json;

namespace Colloquy.Memory.Extraction;

/// <summary>Reads the facts that a model names. What is no such JSON gives none,
/// and what the user did not say is left out.</summary>
internal static class ExtractionAnswer
{
    /// <summary>A model may be sure; that it read rightly is a proposal all the same.</summary>
    private const double ConfidenceMost = 0.9;

    private const int QuoteLeast = 2;

    public static ImmutableArray<FactDraft> Read(string answer, string question, FactSource source)
    {
        var (from, to) = (answer.IndexOf('{', StringComparison.Ordinal), answer.LastIndexOf('}'));
        if (from < 0 || to < from)
            return [];
        try
        {
            using var document = JsonDocument.Parse(answer.AsMemory(from, to - from + 1));
            return document.RootElement.TryGetProperty("facts", out var facts) && facts.ValueKind is JsonValueKind.Array
                ? [.. facts.EnumerateArray().Select(fact => Draft(fact, question,
                    source)).OfType<FactDraft>().Take(FactRules.FactsMax)]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static FactDraft? Draft(JsonElement fact, string question, FactSource source)
    {
        if (fact.ValueKind is not JsonValueKind.Object
            || Text(fact, "subject", MemoryLimits.NameCharacters) is not { } subject
            || Text(fact, "predicate", MemoryLimits.NameCharacters) is not { } predicate
            || Text(fact, "object", MemoryLimits.NameCharacters) is not { } @object
            || Text(fact, "text", MemoryLimits.TextCharacters) is not { } text
            || Text(fact, "quote", MemoryLimits.TextCharacters) is not { } quote
            || !fact.TryGetProperty("confidence", out var confidence) || confidence.ValueKind is not JsonValueKind.Number
            || !confidence.TryGetDouble(out var sure)
            || !IsSaid(quote, question))
            return null;
        return new(subject, predicate.ToLowerInvariant(), @object, text, FactStatus.Proposed, Math.Clamp(sure, 0,
            ConfidenceMost), null,
            null, source with { Quote = quote });
    }

    private static string? Text(JsonElement fact, string name, int most) =>
        fact.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
        && value.GetString()!.Trim() is { Length: > 0 } text && text.Length <= most ? text : null;

    /// <summary>Whether the words are the user's, but for case and white space.</summary>
    private static bool IsSaid(string quote, string question) =>
        FactNames.Normal(quote) is { Length: >= QuoteLeast } words
        && FactNames.Normal(question).Contains(words, StringComparison.Ordinal);
}
