using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Colloquy.Kernel;

namespace Colloquy.Memory.Extraction;

/// <summary>
/// Reads facts from what a user says in English of themselves, by rules,
/// for deployments without a language model. It would rather
/// miss a fact than invent one: what no pattern fits whole is not read.
/// </summary>
internal static class FactRules
{
    /// <summary>Facts of one message.</summary>
    public const int FactsMax = 10;

    private const double Remembered = 0.95;

    private static readonly Regex RiskClass = new(@"\bclass (?<o>i|ii|iia|iib|iii)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>Proposals, in the order of the message; the source's quote is the sentence.</summary>
    public static ImmutableArray<FactDraft> Read(string message, FactSource source) =>
    [
        .. Statements.Of(message).SelectMany(statement => Read(statement, source with
            {
                Method = "rules", Quote = Texts.First(statement.Quote, MemoryLimits.TextCharacters),
            }))
            .DistinctBy(draft => (draft.Subject, draft.Predicate, FactNames.Normal(draft.Object)))
            .Take(FactsMax),
    ];

    private static List<FactDraft> Read(Statement statement, FactSource source)
    {
        foreach (var pattern in Patterns.All)
        {
            var confidence = statement.IsToRemember ? Math.Max(Remembered, pattern.Confidence) : pattern.Confidence;
            var found = pattern.Read(statement.Text)
                .Select(one => Draft(one.Subject, pattern.Predicate, one.Object, one.Since, confidence, source)).ToList();
            if (found.Count == 0)
                continue;
            if (found is [{ Predicate: "is" } product] && RiskClass.Match(product.Object) is { Success: true } risk)
                found.Add(Draft(product.Subject, "risk class", risk.Groups["o"].Value, null, confidence, source));
            return found;
        }
        return statement.IsToRemember && Vocabulary.IsShort(statement.Text, 40) ? [ToRemember(statement.Text, source)] : [];
    }

    private static FactDraft Draft(
        string subject, string predicate, string @object, DateTimeOffset? since, double confidence, FactSource source)
    {
        var name = subject == Pattern.User ? "The user"
            : $"The user's {subject[(subject.IndexOf(' ', StringComparison.Ordinal) + 1)..]}";
        return new(subject, predicate, Texts.First(@object, MemoryLimits.NameCharacters), $"{name} {Phrase(predicate, @object)}.",
            FactStatus.Proposed, confidence, since, null, source);
    }

    private static FactDraft ToRemember(string text, FactSource source) => new(
        Pattern.User, "remember", Texts.First(text, MemoryLimits.NameCharacters),
        Texts.First($"The user asked to remember: {text}.", MemoryLimits.TextCharacters), FactStatus.Proposed, Remembered, null,
            null,
        source);

    private static string Phrase(string predicate, string @object) => predicate switch
    {
        "name is" => $"is called {@object}",
        "age" => $"is {@object} years old",
        "born on" => $"was born in {@object}",
        "born in" => $"was born in {@object}",
        "role is" => $"works as {@object}",
        "allergic to" or "no longer allergic to" or "intolerant of" => $"is {predicate} {@object}",
        "has condition" => $"has the condition: {@object}",
        "no longer has condition" => $"no longer has the condition: {@object}",
        "diet is" => $"eats {@object}",
        "preferred language" =>
            $"wants answers in {CultureInfo.InvariantCulture.TextInfo.ToTitleCase(@object.ToLowerInvariant())}",
        "native language" => $"has the native language {@object}",
        "answer style" => $"wants answers: {@object}",
        "risk class" => $"has risk class {@object}",
        _ => $"{predicate} {@object}",
    };
}
