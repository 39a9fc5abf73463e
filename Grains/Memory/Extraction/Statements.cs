using System.Text.RegularExpressions;
using Colloquy.Knowledge;

namespace Colloquy.Memory.Extraction;

/// <summary>A clause in which the user says something of themselves.</summary>
/// <param name="Text">Without what leads to it, such as "no," and "actually".</param>
/// <param name="IsToRemember">Whether the user asks to remember it.</param>
/// <param name="Quote">The sentence as it stands in the message.</param>
internal readonly record struct Statement(string Text, bool IsToRemember, string Quote);

/// <summary>
/// Finds the clauses of a message in which its writer states something of themselves. What is asked, supposed, reported, quoted
/// or brought along as material is none.
/// </summary>
internal static class Statements
{
    /// <summary>A longer text is material that somebody pasted rather than what they say.</summary>
    public const int CharactersMax = 4_000;

    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    private static readonly Regex Material = new(
        @"\b(translate|proofread|rephrase|paraphrase|rewrite|reword|summari[sz]e|role-?play|pretend|imagine|suppose|grammar"
        + @"|act as|spelling|the following (text|sentence|email|letter|message|note|story|case)|case study|vignette|a novel)\b",
            Options);

    private static readonly Regex Quoted = new("\"[^\"]*\"|“[^”]*”|«[^»]*»|„[^“”]*[“”]|(?m:^[ \\t]*>.*$)", Options);

    private static readonly Regex Unreal = new(
        @"\b(if|whether|suppose|supposing|imagine|assume|assuming|hypothetical(ly)?|let's say|lets say|maybe|perhaps|might|would"
        + @"|could|for example|e\.g\.|for instance|unless|wish|dreamt?|dreamed|said|says|told|claims?|wonder|asks?"
        + @"|asked|wrote|writes"
        + @"|joking|kidding|this time|for now|this question|this one|tomorrow)\b", Options);

    private static readonly Regex Lead = new(
        @"^(hi|hello|hey|good (morning|evening|day)|no|yes|ok|okay|well|actually|also|and|but|so|btw|by the way"
            + @"|correction|sorry|fyi"
        + @"|please note( that)?|note that|for your information|just so you know|to be clear|as i am sure you know"
        + @"|thanks|thank you"
        + @"|i should (add|mention)( that)?|in fact|now|from now on)\s*[,:;–-]?\s+", Options);

    private static readonly Regex Remember = new(@"^(please |always )?(remember|keep in mind|don't forget"
        + @"|do not forget|note)( that| this)?[,:]? ",
        Options);

    private static readonly Regex First = new(@"^(i|i'm|i've|my|we|we're|our|call me)\b|^(please |always )*(call"
        + @"|answer|reply|respond|write|speak|keep|be)\b",
        Options);

    private static readonly Regex Joint = new(@"(?:\s*[,;]\s*|\s+)(?:and|but)\s+(?=(?:i|i'm|i've|my|we|our)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public static IEnumerable<Statement> Of(string message)
    {
        if (message.Length > CharactersMax || Material.IsMatch(message))
            yield break;
        // Blanks of the same length, so that places stay what they are.
        var said = Quoted.Replace(message, quote => new string(' ', quote.Length)).Replace('’', '\'');
        foreach (var sentence in Sentences.Of(said))
        {
            if (sentence.IsHeading)
                continue;
            var text = sentence.Span.In(said).Trim();
            if (text.EndsWith('?') || Unreal.IsMatch(text))
                continue;
            var (core, isToRemember) = Core(text.TrimEnd('.', '!', ' '));
            if (!isToRemember && !First.IsMatch(core))
                continue;
            var quote = sentence.Span.In(message).Trim();
            foreach (var clause in Joint.Split(core))
                yield return new(Core(clause).Text, isToRemember, quote);
        }
    }

    private static (string Text, bool IsToRemember) Core(string text)
    {
        var isToRemember = false;
        for (var before = ""; before != text;)
        {
            before = text;
            text = Lead.Replace(text, "", 1);
            if (Remember.Match(text) is { Success: true } found)
                (text, isToRemember) = (text[found.Length..], true);
            text = text.TrimStart(' ', ',', ':');
        }
        return (text, isToRemember);
    }
}
