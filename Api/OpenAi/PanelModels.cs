using System.Globalization;
using System.Text;
using Colloquy.Hosting;
using Colloquy.Panels;
using Colloquy.Problems;
using Colloquy.Tenants;

namespace Colloquy.OpenAi;

/// <summary>Panels as models: <c>panel:</c> and a protocol, or <c>panel</c> for the usual one. A panel is composed for each
/// completion, of those who fit its last user message.</summary>
internal static class PanelModels
{
    public const string Header = "x-colloquy-panel";
    private const string Short = "panel";
    private const string Prefix = "panel:";
    private const string Between = "\n\n";
    private const string Instructions = "Instructions of who asks:";
    private const string Earlier = "Earlier in this conversation:";

    // Parts of the question, of what is left beside the last message.
    private const int InstructionsMax = 2_000;
    private const int TurnMax = 1_500;

    public static IEnumerable<string> Names => PanelCards.All.Select(card => Prefix + card.Name).Prepend(Short);

    public static bool IsPanel(string model) => model is Short || model.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The protocol that a model names, or null.</summary>
    public static string? ProtocolOf(string model) => model is Short ? PanelCards.Default
        : model.StartsWith(Prefix, StringComparison.Ordinal) ? PanelCards.Of(model[Prefix.Length..])?.Name : null;

    /// <summary>Convenes the panel of a request. A repeat of the operation finds the same one.</summary>
    /// <exception cref="ProblemException">There is no such protocol, or no panel for this.</exception>
    public static async Task<ChatRun> Start(ChatRequest request, Caller caller, OperationKey operation, GrainCalls calls)
    {
        if (ProtocolOf(request.Model) is not { } protocol)
            throw new ProblemException(OpenAiCodes.UnknownModel(request.Model));
        if (request.Choices > 1)
            throw OpenAiCodes.Refuse(OpenAiCodes.InvalidValue, "n", "Invalid value for 'n': a panel gives one answer.");
        var command = ConvenePanel.Of(caller.KeyId, Question(request.Conversation), protocol, [], request.Fingerprint);
        // The key is the client's for all of its requests: what a key means to another address must not be found here.
        var id = PanelIds.Panel(caller.Tenant, OperationKey.Hash($"chat.completions\n{operation.Value}"));
        // To the end, whether or not the client waits: a panel that nobody knows of could not be cancelled.
        var result = await calls.Panel(caller.Tenant, id).Ask(panel => panel.Convene(command), CancellationToken.None);
        if (result.Status is PanelStatus.Accepted)
            return new(0, id, result.RunId!, result.Seq);
        throw new ProblemException(result.Status switch
        {
            PanelStatus.OverBudget => RunFailures.OverBudget,
            PanelStatus.KeyReused => new(ProblemCodes.IdempotencyKeyReused, "The Idempotency-Key was used with another request."),
            PanelStatus.CannotCompose => Problem.Of(ProblemCodes.CannotCompose, "messages",
                "Too few of the tenant's agents cover the last message to compose a panel."),
            _ => OpenAiCodes.UnknownModel(request.Model),
        });
    }

    /// <summary>The last message, which is what agents are selected by, and after it as much of what was before as a question
    /// holds.</summary>
    /// <exception cref="ProblemException">The last message alone is too long.</exception>
    public static string Question(Conversation conversation)
    {
        var text = new StringBuilder(conversation.Question);
        if (text.Length > PanelLimits.QuestionCharacters)
            throw OpenAiCodes.Refuse(OpenAiCodes.StringTooLong, "messages", string.Create(CultureInfo.InvariantCulture,
                $"Invalid 'messages': the last message has {text.Length} characters, of at most {PanelLimits.QuestionCharacters}."));
        if (conversation.Instructions is { } instructions)
            Append(text, $"{Between}{Instructions}\n{Clip(instructions, InstructionsMax)}");
        var turns = new Stack<string>();
        var left = PanelLimits.QuestionCharacters - text.Length - Between.Length - Earlier.Length;
        foreach (var turn in conversation.History.Reverse())
        {
            var said = $"\nUser: {Clip(turn.Question, TurnMax)}\nAssistant: {Clip(turn.Answer, TurnMax)}";
            if (said.Length > left)
                break;
            turns.Push(said);
            left -= said.Length;
        }
        if (turns.Count > 0)
            text.Append(Between).Append(Earlier).AppendJoin("", turns);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string part)
    {
        if (text.Length + part.Length <= PanelLimits.QuestionCharacters)
            text.Append(part);
    }

    private static string Clip(string text, int most) => text.Length <= most ? text
        : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[most - 1]) ? most - 1 : most), "…");
}
