namespace Colloquy.Memory;

/// <summary>When two names mean the same entity, relation or value.</summary>
internal static class FactNames
{
    /// <summary>Lower case, without white space at the ends or twice in a row, and without a full stop at the end.</summary>
    public static string Normal(string name) => string.Join(
        ' ', name.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.', '!', ',', ';');

    public static bool AreSame(string one, string other) => Normal(one) == Normal(other);

    /// <summary>Whether one of two values is the other with something more behind it: "metformin" and "metformin 500 mg".</summary>
    public static bool Begin(string one, string other)
    {
        var (a, b) = (Normal(one), Normal(other));
        return a == b || a.StartsWith(b + " ", StringComparison.Ordinal) || b.StartsWith(a + " ", StringComparison.Ordinal);
    }
}
