namespace Colloquy.Mutations;

/// <summary>Mutants that no test can kill since they change nothing that anybody could see, each with the reason:
/// <c>equivalents.txt</c>.</summary>
internal sealed class Equivalents
{
    private readonly Dictionary<string, string> _reasons;

    private Equivalents(Dictionary<string, string> reasons) => _reasons = reasons;

    /// <exception cref="FormatException">A line is not <c>file | source | change | reason</c>.</exception>
    public static Equivalents Read(string path) => new(File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(" ||| ") is [var file, var source, var change, var reason] && reason.Trim().Length > 0
            ? (Key: Key(file, source, change), reason) : throw new FormatException($"{path}: {line}"))
        .DistinctBy(one => one.Key).ToDictionary(one => one.Key, one => one.reason, StringComparer.Ordinal));

    public string? Reason(Mutant mutant) => _reasons.GetValueOrDefault(Key(mutant.File, mutant.Source, mutant.Change));

    public static string Line(Mutant mutant) => $"{mutant.File} ||| {mutant.Source} ||| {mutant.Change} ||| ";

    private static string Key(string file, string source, string change) =>
        $"{file.Trim()} ||| {source.Trim()} ||| {change.Trim()}";
}
