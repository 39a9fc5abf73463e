using System.Text.Json;
using System.Text.Json.Serialization;
using Colloquy.Problems;
using Colloquy.Tenants;

namespace Colloquy.Feedback;

/// <summary>A rating as a client writes it: a number from -1 to 1, or <c>up</c> or <c>down</c>.</summary>
/// <param name="Value">NaN for a text that is no rating.</param>
[JsonConverter(typeof(Converter))]
internal sealed record RatingValue(double Value)
{
    private sealed class Converter : JsonConverter<RatingValue>
    {
        public override RatingValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType switch
            {
                JsonTokenType.Number when reader.TryGetDouble(out var number) => new(number),
                JsonTokenType.String => new(reader.GetString() switch { "up" => 1, "down" => -1, _ => double.NaN }),
                _ => throw new JsonException(),
            };

        public override void Write(Utf8JsonWriter writer, RatingValue value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value.Value))
                writer.WriteNumberValue(value.Value);
            else
                writer.WriteNullValue();
        }
    }
}

/// <summary>What a rating is about.</summary>
/// <param name="Type"><c>message</c>, <c>citation</c>, <c>selection</c>, <c>panel_turn</c> or <c>tool_call</c>.</param>
/// <param name="Id">An answer's id; for a selection or a panel its run's, for a tool call the call's.</param>
/// <param name="Part">Of a citation its number in the answer. Of a panel turn the seat; without it the panel's outcome is rated, which
/// is a word about every member whose position prevailed.</param>
internal sealed record FeedbackTargetBody(string? Type, string? Id, string? Part = null)
{
    private const int IdMax = 200;
    private const int PartMax = 64;

    public Checks Check(Checks checks, string prefix) => checks
        .OneOf(Type, $"{prefix}type", FeedbackTypes.All)
        .Text(Id, $"{prefix}id", IdMax)
        .That(Part is null || Part is { Length: > 0 and <= PartMax } && !Part.Contains('\0', StringComparison.Ordinal),
            $"{prefix}part", $"A text of 1 to {PartMax} characters.");

    /// <summary>The target, or null for an id that nothing has.</summary>
    public FeedbackTarget? ToTarget() => IsId(Id!) && (Part is null || IsId(Part)) ? new(Type!, Id!, Part) : null;

    private static bool IsId(string text) => text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.');
}

/// <summary>What somebody says of something.</summary>
/// <param name="Rating">-1 (wrong) to 1 (right), or <c>up</c> or <c>down</c>; 0 takes an earlier rating back.</param>
/// <param name="Agent">With a selection: the agent that would have been right.</param>
internal sealed record GiveFeedbackRequest(FeedbackTargetBody? Target, RatingValue? Rating, string? Comment, string? Agent)
{
    public Problem? Check()
    {
        var checks = new Checks()
            .That(Target is not null, "target", "What the rating is about: {type, id, part?}.")
            .That(Rating?.Value is >= -1 and <= 1, "rating", "A number from -1 to 1, up or down.")
            .OptionalText(Comment, "comment", FeedbackLimits.CommentCharacters)
            .That(Agent is null || TenantKey.IsName(Agent), "agent", "The id of an agent.")
            .That(Agent is null || Target?.Type is FeedbackTypes.Selection, "agent", "Only with a selection.");
        return (Target?.Check(checks, "target.") ?? checks).Problem;
    }

    public GiveFeedback ToCommand(FeedbackTarget target, string author, string operation, string fingerprint) => new(
        author, target, Rating!.Value, string.IsNullOrWhiteSpace(Comment) ? null : Comment, Agent, operation, fingerprint);
}

/// <summary>What was recorded, and who learned from it.</summary>
/// <param name="Learned"><c>calibration</c>, <c>ranker</c>, <c>standing</c> (a standing panel's track record); empty if nobody did.</param>
internal sealed record GivenFeedback(FeedbackView Feedback, IReadOnlyList<string> Learned);
