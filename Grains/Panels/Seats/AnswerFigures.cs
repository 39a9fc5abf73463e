using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Colloquy.Kernel;

namespace Colloquy.Panels.Seats;

/// <summary>What a model gave behind its words, read with forbearance and held to <see cref="PanelLimits"/>: whatever is not of the
/// kind that was asked for is as if it were not there.</summary>
internal sealed record AnswerFigures
{
    public static readonly AnswerFigures None = new();

    public string? Stance { get; init; }
    public double? Confidence { get; init; }
    public double? Estimate { get; init; }
    public string? Choice { get; init; }
    public ImmutableArray<string> Ranking { get; init; } = [];
    public ImmutableArray<string> Points { get; init; } = [];
    public ImmutableSortedDictionary<string, int> Scores { get; init; } = ImmutableSortedDictionary<string, int>.Empty;
    public bool? IsContent { get; init; }
    public string Notes { get; init; } = "";

    public bool IsEmpty => Stance is null && Estimate is null && Choice is null && Ranking.IsEmpty && Points.IsEmpty && Scores.IsEmpty
        && IsContent is null;

    /// <summary>Words for people, where the model wrote none.</summary>
    public string Summary => string.Join('\n', new[]
    {
        Stance, Choice is null ? null : $"Choice: {Choice}", Estimate?.ToString(CultureInfo.InvariantCulture), string.Join('\n', Points),
        IsContent is true && Points.IsEmpty ? "Nothing is left to object to or to ask." : null,
    }.Where(line => !string.IsNullOrEmpty(line)));

    /// <summary>The figures of the last JSON object of an answer: in a fence, or else wherever an object ends the text.</summary>
    public static AnswerFigures Read(string answer, SeatBrief brief)
    {
        foreach (var json in Objects(answer))
            try
            {
                using var document = JsonDocument.Parse(json, _lenient);
                return Of(document.RootElement, brief);
            }
            catch (JsonException)
            {
                // another beginning may be the right one
            }
        return None;
    }

    /// <summary>These figures, and of others what these lack.</summary>
    public AnswerFigures Or(AnswerFigures others) => new()
    {
        Stance = Stance ?? others.Stance, Confidence = Confidence ?? others.Confidence, Estimate = Estimate ?? others.Estimate,
        Choice = Choice ?? others.Choice, Ranking = Ranking.IsEmpty ? others.Ranking : Ranking,
        Points = Points.IsEmpty ? others.Points : Points, Scores = Scores.IsEmpty ? others.Scores : Scores,
        IsContent = IsContent ?? others.IsContent, Notes = Notes.Length > 0 ? Notes : others.Notes,
    };

    public Contribution Contribution(string text) => new(text)
    {
        Stance = Stance, Confidence = Confidence, Estimate = Estimate, Choice = Choice ?? (Ranking.IsEmpty ? null : Ranking[0]),
        Ranking = Ranking, Points = Points, Scores = Scores, IsContent = IsContent,
    };

    /// <summary>Texts that may be the object, the likeliest first: from each brace to the last one, the last fence before all.</summary>
    private static IEnumerable<string> Objects(string answer)
    {
        var end = answer.LastIndexOf('}');
        if (end < 0)
            yield break;
        var fence = answer.LastIndexOf("```json", StringComparison.OrdinalIgnoreCase);
        if (fence >= 0 && answer.IndexOf('{', fence) is >= 0 and var first && first < end)
            yield return answer[first..(end + 1)];
        var tried = 0;
        for (var at = answer.LastIndexOf('{', end); at >= 0 && tried < Tries; at = at == 0 ? -1 : answer.LastIndexOf('{', at - 1), tried++)
            // An object within the object is no answer: its name stands before it.
            if (!answer.AsSpan(0, at).TrimEnd().EndsWith(":"))
                yield return answer[at..(end + 1)];
    }

    private const int Tries = 16;

    private static readonly JsonDocumentOptions _lenient = new()
    {
        AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip,
    };

    private static readonly char[] _aroundLabels = [' ', ')', '(', '.', ':', ',', '"', '\'', '*'];

    private static AnswerFigures Of(JsonElement json, SeatBrief brief)
    {
        if (json.ValueKind is not JsonValueKind.Object)
            return None;
        var labels = brief.Options.Select(option => option.Label).ToImmutableArray();
        return new()
        {
            Stance = Text(json, "stance", PanelLimits.LineCharacters),
            Confidence = Number(json, "confidence") is { } sure ? Math.Clamp(sure > 1 && sure <= 100 ? sure / 100 : sure, 0, 1) : null,
            Estimate = Number(json, "estimate"),
            Choice = Text(json, "choice", PanelLimits.LineCharacters) is { } choice ? Label(choice, labels) : null,
            Ranking = [.. Lines(json, "ranking").Select(one => Label(one, labels)).OfType<string>().Distinct(StringComparer.Ordinal)],
            Points = [.. Lines(json, "points").Distinct(StringComparer.Ordinal).Take(PanelLimits.ListMax)],
            Scores = ScoresOf(json, brief.Criteria),
            IsContent = json.TryGetProperty("content", out var content) && content.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? content.GetBoolean() : null,
            Notes = Text(json, "notes", SeatLimits.NoteCharacters) ?? "",
        };
    }

    /// <summary>The option that a word names: <c>b</c>, <c>Option B</c> and <c>B)</c> name B. Null where it names none or two.</summary>
    private static string? Label(string text, ImmutableArray<string> labels)
    {
        var named = labels.Where(label => string.Equals(label, text.Trim(), StringComparison.OrdinalIgnoreCase)).ToArray();
        if (named.Length == 0)
            named = [.. labels.Where(label => text.Split(_aroundLabels, StringSplitOptions.RemoveEmptyEntries)
                .Contains(label, StringComparer.OrdinalIgnoreCase))];
        return named.Length == 1 ? named[0] : null;
    }

    private static ImmutableSortedDictionary<string, int> ScoresOf(JsonElement json, ImmutableArray<string> criteria) =>
        !json.TryGetProperty("scores", out var scores) || scores.ValueKind is not JsonValueKind.Object
            ? ImmutableSortedDictionary<string, int>.Empty
            : criteria.Select(criterion => (criterion, Score: Number(scores, criterion))).Where(one => one.Score is not null)
                .ToImmutableSortedDictionary(one => one.criterion, one => (int)Math.Clamp(Math.Round(one.Score!.Value), 1, 5),
                    StringComparer.Ordinal);

    private static string? Text(JsonElement json, string name, int most) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
        && value.GetString()!.Trim() is { Length: > 0 } text ? Texts.First(text, most) : null;

    private static IEnumerable<string> Lines(JsonElement json, string name) =>
        !json.TryGetProperty(name, out var value) || value.ValueKind is not JsonValueKind.Array ? []
            : value.EnumerateArray().Where(one => one.ValueKind is JsonValueKind.String).Select(one => one.GetString()!.Trim())
                .Where(one => one.Length > 0).Select(one => Texts.First(one, PanelLimits.LineCharacters));

    private static double? Number(JsonElement json, string name)
    {
        foreach (var member in json.EnumerateObject())
            if (string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase))
                return member.Value.ValueKind switch
                {
                    JsonValueKind.Number when member.Value.TryGetDouble(out var number) && double.IsFinite(number) => number,
                    JsonValueKind.String when double.TryParse(member.Value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture,
                        out var number) && double.IsFinite(number) => number,
                    _ => null,
                };
        return null;
    }
}
