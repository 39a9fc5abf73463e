using System.Collections.Immutable;
using System.Globalization;
using static Colloquy.Memory.Extraction.Vocabulary;

namespace Colloquy.Memory.Extraction;

/// <summary>The ways to say something of oneself that the rules know, the more special ones first: the first that fits is
/// taken.</summary>
internal static class Patterns
{
    private const string Am = "(?:i am|i'm)";
    private const string Still = "(?: also| currently| now| still| very| severely| highly)?";
    private const string Drop = "(?:i no longer|i don't|i do not)";

    public static readonly ImmutableArray<Pattern> All =
    [
        Pattern.Of("(?:my (?:full |first )?name is|my name's|i am called|i'm called|(?:please )?call me) (?<o>.+)",
            IsPersonName, "name is", 0.95),
        Pattern.Of($"(?:{Am}|my age is) (?<o>\\d{{1,3}})(?:[ -]years?[ -]old| years of age| yrs old)?", IsAge, "age", 0.9),
        Pattern.Of("i was born in (?<o>(?:19|20)\\d\\d)", _ => true, "born on", 0.9),
        Pattern.Of("i was born in (?<o>.+)", text => IsName(text, 4), "born in", 0.9),

        Pattern.Of($"{Am}{Still} allergic to (?<o>.+)", IsAllergen, "allergic to", 0.95, isList: true),
        Pattern.Of("i have an? (?:severe |mild |known )?(?<o>\\p{L}+) allergy", IsAllergen, "allergic to", 0.95),
        Pattern.Of("(?:i am no longer|i'm no longer|i am not|i'm not) allergic to (?<o>.+)", IsAllergen,
            "no longer allergic to", 0.9, isList: true),
        Pattern.Of($"{Am}{Still} (?<o>\\p{{L}}+)[- ]intolerant", text => IsShort(text, 1), "intolerant of", 0.9),
        Pattern.Of($"{Am}{Still}(?: a)? (?<o>diabetic|pregnant|asthmatic|epileptic|hypertensive|immunosuppressed|breastfeeding)",
            _ => true, "has condition", 0.9),
        Pattern.Of($"{Am}{Still}(?: a| an)? (?<o>vegetarian|vegan|pescatarian)", _ => true, "diet is", 0.9),
        Pattern.Of("(?:i was|i have been|i've been|i am|i'm) (?:recently |just )?diagnosed with (?<o>.+)", MayBeCondition,
            "has condition", 0.9),
        Pattern.Of("i (?:suffer|am suffering) from (?<o>.+)", IsCondition, "has condition", 0.9, isList: true),
        Pattern.Of("i(?:'ve| have)(?: got| had)?(?: an?)? (?<o>.+)", IsCondition, "has condition", 0.85, isList: true),
        Pattern.Of("(?:i no longer have) (?<o>.+)", IsCondition, "no longer has condition", 0.85),

        Pattern.Of($"(?:{Drop} take|i (?:have )?(?:stopped|quit)(?: taking)?|i'm no longer on|i am no longer on"
            + $"|i no longer use) (?<o>.+)",
            IsMedicine, "no longer takes", 0.9, isList: true),
        Pattern.Of($"(?:i take|i use|i'm taking|i am taking|{Am} on|i currently take|i also take|i(?:'ve"
            + $"| have) been (?:taking|on)"
            + $"|{Am} currently (?:on|taking)|i was prescribed|i(?:'ve| have) been prescribed) (?<o>.+)", IsMedicine, "takes",
                0.9, isList: true),

        Pattern.Of("i (?:no longer|don't|do not) (?:live|reside) in (?<o>.+)", IsPlace, "no longer lives in", 0.9),
        Pattern.Of($"(?:i live in|i'm living in|i am living in|i now live in|i reside in|{Am} based in|i(?:'ve"
            + $"| have)? (?:just |recently )?moved to) (?<o>.+)",
            IsPlace, "lives in", 0.9),
        Pattern.Of($"(?:{Am}|i come) from (?<o>.+)", IsPlace, "comes from", 0.8),

        Pattern.Of("i (?:no longer|don't|do not) work (?:at|for) (?<o>.+)", IsEmployer, "no longer works at", 0.9),
        Pattern.Of($"(?:i work|{Am} working|i now work|i am employed|i'm employed) (?:at|for|by) (?<o>.+)", IsEmployer,
            "works at", 0.9),
        Pattern.Of("my employer is (?<o>.+)", IsEmployer, "works at", 0.9),
        Pattern.Of("i (?:work as|am working as) (?:an? |the )?(?<o>[^,]+?)(?: (?:at|for|in|with) .+)?", text => IsShort(text,
            6), "role is", 0.9),
        Pattern.Of("my (?:job|role|profession|occupation|job title) is (?:an? |the )?(?<o>.+)", text => IsShort(text,
            6) && !Judgement.IsMatch(text),
            "role is", 0.9),
        Pattern.Of($"{Am}{Still} (?:an? |the )(?<o>[^,]+?)(?: (?:at|for|in|with|from|by) .+)?", IsRole, "role is", 0.85),

        Pattern.Of("(?:please )?(?:always )?(?:answer|reply|respond|write|speak)(?: (?:to )?me"
            + "| your answers)? in (?<o>\\p{L}+)", Languages.Contains,
            "preferred language", 0.9),
        Pattern.Of("(?:my (?:preferred )?language is|i prefer(?: answers in)?|i want answers in) (?<o>\\p{L}+)",
            Languages.Contains,
            "preferred language", 0.9),
        Pattern.Of("(?:my (?:native|first) language is|my mother tongue is) (?<o>\\p{L}+)", Languages.Contains,
            "native language", 0.9),
        Pattern.Of("i (?:also )?speak (?<o>.+)", Languages.Contains, "speaks", 0.85, isList: true),
        Pattern.Of("(?:please )?(?:always )?(?:answer|reply|respond|write)(?: me)? (?<o>briefly|concisely|shortly"
            + "|formally|informally|in detail"
            + "|step by step|(?:in|with|using) (?:short |simple |plain |few )?(?:bullet points|bullets|sentences"
            + "|terms|words|language|tables?)|in one sentence)",
            _ => true, "answer style", 0.9),
        Pattern.Of("(?:please )?(?:always )?(?:be|keep (?:it|your answers|the answers|answers)) (?<o>brief|concise"
            + "|short|formal|informal|detailed|simple)",
            _ => true, "answer style", 0.85),
        Pattern.Of("i prefer (?<o>.+)", text => IsShort(text, 8) && !Judgement.IsMatch(text), "prefers", 0.8),

        Pattern.Of("(?:my|our) (?:company|employer|firm|startup) is(?: called| named) (?<o>.+)", IsEmployer, "works at", 0.9),
        Pattern.Of($"(?<s>our {Thing}) is (?:called|named) (?<o>.+)", text => IsShort(text, 5), "name is", 0.9),
        Pattern.Of($"(?<s>(?:my|our) {Thing}) is (?:in )?class (?<o>i|ii|iia|iib|iii|is|im|a|b|c|d|1|2|3)", _ => true,
            "risk class", 0.9),
        Pattern.Of($"(?<s>our {Thing}) is (?:an? )(?<o>.+)", IsProduct, "is", 0.9),
        Pattern.Of("(?:we are|we're|i am|i'm) (?:currently )?(?:developing|building|working on) (?:an? |the )?(?<o>.+)",
            IsProduct, "works on", 0.85),
        Pattern.Of("my project is (?:called )?(?:an? )?(?<o>.+)", text => IsShort(text, 10) && !Judgement.IsMatch(text),
            "works on", 0.85),
    ];

    private const string Thing = "(?:medical )?(?:device|product|app|software|system|drug|platform)";

    private static bool IsPersonName(string text) =>
        IsName(text, 4) && text.All(c => char.IsLetter(c) || c is ' ' or '-' or '.' or '\'' || char.IsSurrogate(c));

    private static bool IsAge(string text) => int.Parse(text, CultureInfo.InvariantCulture) is > 0 and <= 120;

    private static bool IsAllergen(string text) => IsShort(text, 4) && !Judgement.IsMatch(text)
        && text.Split(' ')[0].ToLowerInvariant() is not ("this" or "that" or "your" or "it" or "you" or "bad" or "long" or "my" or "these");

    private static bool IsPlace(string text) => IsName(text, 5);

    private static bool IsEmployer(string text) => IsShort(text, 7)
        && (char.IsUpper(text[0]) || char.IsDigit(text[0]) || text.StartsWith("a ", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("the ", StringComparison.OrdinalIgnoreCase));

    private static bool IsProduct(string text) => IsShort(text, 12) && text.Contains(' ', StringComparison.Ordinal)
        && !Judgement.IsMatch(text)
        && text.Split(' ')[0].ToLowerInvariant() is not ("it" or "this" or "that" or "your" or "my" or "very" or "total" or "complete");
}
