namespace Colloquy.Knowledge;

/// <summary>How far a quote carries the sentence that cites it: the words of <see cref="Citation.Support"/>.</summary>
internal static class Support
{
    public const string Supported = "supported";
    public const string Partial = "partial";
    public const string Unsupported = "unsupported";

    /// <summary>The share of a sentence's words from which its quote supports it.</summary>
    public const double SupportedFrom = 0.8;

    /// <summary>The share from which the quote supports it in part.</summary>
    public const double PartialFrom = 0.4;

    public static string Of(double carried) =>
        carried >= SupportedFrom ? Supported : carried >= PartialFrom ? Partial : Unsupported;
}
