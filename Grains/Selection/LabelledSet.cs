using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Colloquy.Selection;

/// <summary>
/// The questions that ship with the built-in agents, in two halves: weights and limits were set on <see cref="Tuning"/>, and
/// figures are told of <see cref="HeldOut"/>. A question's half follows from its text: the lowest bit of the first byte of its
/// SHA-256 is 0 in the tuning half.
/// </summary>
internal static class LabelledSet
{
    private const string Resource = "Colloquy.Selection.Labelled.built-in.jsonl";

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    public static readonly ImmutableArray<LabelledQuestion> All = Read();

    public static readonly ImmutableArray<LabelledQuestion> Tuning = [.. All.Where(IsTuning)];

    public static readonly ImmutableArray<LabelledQuestion> HeldOut = [.. All.Where(question => !IsTuning(question))];

    private static bool IsTuning(LabelledQuestion question) => (SHA256.HashData(Encoding.UTF8.GetBytes(question.Text))[0] & 1) == 0;

    private static ImmutableArray<LabelledQuestion> Read()
    {
        using var lines = new StreamReader(typeof(LabelledSet).Assembly.GetManifestResourceStream(Resource)!);
        var questions = ImmutableArray.CreateBuilder<LabelledQuestion>();
        while (lines.ReadLine() is { Length: > 0 } line)
            questions.Add(JsonSerializer.Deserialize<LabelledQuestion>(line, _json)!);
        return questions.ToImmutable();
    }
}
