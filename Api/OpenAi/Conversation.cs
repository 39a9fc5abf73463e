using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Colloquy.Problems;
using Colloquy.Sessions;

namespace Colloquy.OpenAi;

/// <summary>What a request's messages are to a session: instructions, turns that have been, and the question.</summary>
/// <param name="Dropped">Turns at the beginning that a session has no room for.</param>
internal sealed record Conversation(string? Instructions, ImmutableArray<Exchange> History, string Question, int Dropped)
{
    /// <summary>The header that says how many turns were dropped.</summary>
    public const string DroppedHeader = "x-colloquy-dropped-turns";

    private const int InstructionsMax = 32_768; // characters: twice the longest persona
    private const int QuestionBytesMax = 256 * 1024; // as a session takes it

    // What a session's window keeps, so that nothing travels into its journal that no prompt will see.
    private const int TurnsMax = 24;
    private const int TurnsCharactersMax = 48_000;
    private const int TextMax = 8_000;
    private const string Between = "\n\n";

    /// <exception cref="ProblemException">There is no question, or there is too much of something.</exception>
    public static Conversation Of(IReadOnlyList<Said> messages)
    {
        var instructions = string.Join(Between,
            messages.Where(said => said.Speaker is Speaker.Instructor && said.Text.Length > 0).Select(said => said.Text));
        if (instructions.Length > InstructionsMax)
            throw TooLong($"The system and developer messages have {instructions.Length} characters", $"{InstructionsMax}");
        var turns = Turns(messages.Where(said => said.Speaker is not Speaker.Instructor));
        if (turns is not [.., { Answer: null, Question: var question }])
        {
            throw OpenAiCodes.Refuse(OpenAiCodes.InvalidValue, "messages",
                "Invalid 'messages': the last message must be one of the role 'user', for it is what is answered.");
        }
        if (string.IsNullOrWhiteSpace(question))
            throw OpenAiCodes.Refuse(OpenAiCodes.InvalidValue, "messages", "Invalid 'messages': the last message says nothing.");
        if (Encoding.UTF8.GetByteCount(question) is var bytes and > QuestionBytesMax)
            throw TooLong($"The last message has {bytes} bytes", $"{QuestionBytesMax} bytes of UTF-8");
        turns.RemoveAt(turns.Count - 1);
        var history = Latest(turns);
        return new(instructions.Length > 0 ? instructions : null, history, question, turns.Count - history.Length);
    }

    /// <summary>Whoever speaks several times in a row is heard as once. Only the last turn may be without an answer.</summary>
    private static List<Turn> Turns(IEnumerable<Said> messages)
    {
        var turns = new List<Turn>();
        foreach (var (speaker, text) in messages)
        {
            var last = turns.Count > 0 ? turns[^1] : null;
            if (speaker is Speaker.User && last is { Answer: null })
                turns[^1] = last with { Question = $"{last.Question}{Between}{text}" };
            else if (speaker is Speaker.User)
                turns.Add(new(text, null));
            else if (last is null)
                turns.Add(new("", text)); // an assistant that greets first
            else
                turns[^1] = last with { Answer = last.Answer is null ? text : $"{last.Answer}{Between}{text}" };
        }
        return turns;
    }

    private static ImmutableArray<Exchange> Latest(List<Turn> turns)
    {
        var kept = ImmutableArray.CreateBuilder<Exchange>();
        var characters = 0;
        for (var at = turns.Count - 1; at >= 0 && kept.Count < TurnsMax; at--)
        {
            // No message of this system's stands behind these, so their ids are of another kind than a message's.
            var id = string.Create(CultureInfo.InvariantCulture, $"told_{at + 1}");
            var turn = new Exchange(id, Clip(turns[at].Question), Clip(turns[at].Answer ?? ""));
            characters += turn.Question.Length + turn.Answer.Length;
            if (characters > TurnsCharactersMax)
                break;
            kept.Add(turn);
        }
        kept.Reverse();
        return kept.ToImmutable();
    }

    /// <summary>The beginning and the end of a long text, as sessions remember their own.</summary>
    private static string Clip(string text) => text.Length <= TextMax
        ? text : string.Concat(text.AsSpan(0, TextMax / 2), " … ", text.AsSpan(text.Length - (TextMax / 2)));

    private static ProblemException TooLong(string what, string most) => OpenAiCodes.Refuse(
        OpenAiCodes.StringTooLong, "messages", $"Invalid 'messages': text too long. {what}, and at most {most} are possible.");

    private sealed record Turn(string Question, string? Answer);
}
