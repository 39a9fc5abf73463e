namespace Colloquy.Problems;

/// <summary>Collects what is wrong with the values of a request, so that a client hears it all at once.</summary>
internal sealed class Checks
{
    private readonly SortedDictionary<string, string[]> _errors = new(StringComparer.Ordinal);

    /// <summary>A 422 that names every field, or null if all is well.</summary>
    public Problem? Problem => _errors.Count == 0
        ? null
        : new Problem(ProblemCodes.InvalidValue, $"Not allowed: {string.Join(", ", _errors.Keys)}.") { Errors = _errors };

    public Checks That(bool holds, string field, string rule)
    {
        if (!holds)
            _errors[field] = [.. _errors.GetValueOrDefault(field, []), rule];
        return this;
    }

    /// <summary>A text that must be there, up to a number of characters, and say something.</summary>
    public Checks Text(string? text, string field, int most) =>
        That(!string.IsNullOrWhiteSpace(text) && text.Length <= most && IsClean(text), field,
            $"A text of 1 to {most} characters.");

    /// <summary>A text that may be missing, but not be too long.</summary>
    public Checks OptionalText(string? text, string field, int most) =>
        That(text is null || (text.Length <= most && IsClean(text)), field, $"A text of at most {most} characters.");

    public Checks OneOf(string? value, string field, IReadOnlyCollection<string> allowed) =>
        That(value is not null && allowed.Contains(value), field, $"One of {string.Join(", ", allowed)}.");

    public Checks Within(int? value, string field, int least, int most) =>
        That(value is null || (value >= least && value <= most), field, $"A number from {least} to {most}.");

    public Checks List(IReadOnlyCollection<string>? items, string field, int most, int lengthMost) =>
        That(items is null
            || (items.Count <= most && items.All(item => item is { Length: > 0 } && item.Length <= lengthMost && IsClean(item))),
            field, $"At most {most} texts of 1 to {lengthMost} characters.");

    // NUL ends texts early in some stores.
    private static bool IsClean(string text) => !text.Contains('\0', StringComparison.Ordinal);
}
