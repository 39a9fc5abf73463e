namespace Colloquy.Knowledge;

/// <summary>A stretch of a text, in UTF-16 units.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">The character after its last.</param>
internal readonly record struct TextSpan(int Start, int End)
{
    public int Length => End - Start;

    public string In(string text) => text[Start..End];
}
