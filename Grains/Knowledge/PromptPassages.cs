namespace Colloquy.Knowledge;

/// <summary>
/// Names under which a prompt carries, besides its text, what the text was made from. A model that works on passages
/// themselves reads them there; every other model ignores them.
/// </summary>
public static class PromptPassages
{
    /// <summary>The prompt's passages, an <c>IReadOnlyList&lt;Passage&gt;</c>: <c>[n]</c> is element n - 1.</summary>
    public const string Key = "colloquy.passages";

    /// <summary>What the call is for; absent means an answer to the last user message.</summary>
    public const string TaskKey = "colloquy.task";

    /// <summary>The value of <see cref="TaskKey"/> that asks for a summary of the messages.</summary>
    public const string Summary = "summary";

    /// <summary>The value of <see cref="TaskKey"/> that asks for the sentences of an answer and nothing else: neither a word about
    /// who answers nor about what is missing. Empty where nothing answers.</summary>
    public const string Sentences = "sentences";
}
