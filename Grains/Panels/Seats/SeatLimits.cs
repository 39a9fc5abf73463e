namespace Colloquy.Panels.Seats;

/// <summary>What a seat may hold and how often it may try, each with its reason.</summary>
internal static class SeatLimits
{
    /// <summary>Attempts at one round. A round that kills its silo must not kill them all.</summary>
    public const int Attempts = 5;

    /// <summary>Rounds of which a seat keeps its notes: the last ones.</summary>
    public const int Notes = 24;

    /// <summary>Characters of a note.</summary>
    public const int NoteCharacters = 4_000;

    /// <summary>Titles that a note names.</summary>
    public const int NoteSources = 12;

    /// <summary>Characters of its own earlier notes that a prompt repeats, the latest first.</summary>
    public const int NotesShownCharacters = 4_000;

    /// <summary>Passages of its own knowledge that a seat reads for a round.</summary>
    public const int Passages = 6;

    /// <summary>Sources of others that it is shown beside its own: what two positions of a full panel may cite.</summary>
    public const int SourcesOfOthers = 24;

    /// <summary>An answer of fewer tokens than this is not worth its prompt.</summary>
    public const int OutputTokensMin = 64;

    /// <summary>Tokens of the figures alone, when they are asked for once more.</summary>
    public const int FiguresTokens = 600;

    /// <summary>UTF-16 units of all that a model may write for one answer: one that never ends is cut off.</summary>
    public const int WrittenCharacters = 128 * 1024;

    /// <summary>How long the last words may take to be shown before the whole is told.</summary>
    public static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    /// <summary>How long the seat waits after words could not be shown.</summary>
    public static readonly TimeSpan ShowAgainAfter = TimeSpan.FromMilliseconds(250);
}
