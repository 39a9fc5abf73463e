using System.Collections.Immutable;
using Colloquy.Kernel;
using Colloquy.Models;
using Colloquy.Runs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Colloquy.Memory.Extraction;

/// <summary>What was said in a turn.</summary>
/// <param name="Question">The user's message: the only source of facts.</param>
/// <param name="Answer">The expert's answer, for the meaning of "yes, exactly"; never a source.</param>
/// <param name="Source">Session, run and message.</param>
internal sealed record Exchanged(string Question, string Answer, FactSource Source);

/// <param name="Drafts">Proposals; at most <see cref="FactRules.FactsMax"/>.</param>
/// <param name="Usage">What the model counted; none for rules.</param>
internal sealed record Extracted(ImmutableArray<FactDraft> Drafts, Usage Usage)
{
    public static readonly Extracted Nothing = new([], Usage.None);
}

/// <summary>Reads facts from a turn: by rules where the deployment has no language model, else by the model.</summary>
internal sealed partial class MemoryExtractor(IModelCatalogue models, ILogger<MemoryExtractor> logger)
{
    /// <summary>Characters of a message and of an answer that a model is shown.</summary>
    private const int CharactersMax = 6_000;

    private const int OutputTokensMax = 1_000;

    /// <summary>Never fails but by cancellation: a turn without facts is still a turn.</summary>
    /// <param name="model">The agent's, or null for the deployment's own.</param>
    public async Task<Extracted> Extract(string? model, Exchanged said, CancellationToken cancellation)
    {
        var source = said.Source with { Kind = "message" };
        var handle = models.Resolve(model);
        if (handle.Name == ModelNames.Extractive) // it makes answers of sentences that it finds, and reads nothing
            return new(FactRules.Read(said.Question, source), Usage.None);
        if (string.IsNullOrWhiteSpace(said.Question))
            return Extracted.Nothing;
        try
        {
            var question = Texts.First(said.Question, CharactersMax);
            var answer = await handle.Client.GetResponseAsync(
                ExtractionPrompt.For(question, Texts.First(said.Answer, CharactersMax)), Options(model), cancellation);
            return new(ExtractionAnswer.Read(answer.Text, question, source with { Method = "model" }), ModelUsage.Of(answer.Usage));
        }
        catch (ModelException failure)
        {
            LogNotRead(failure, handle.Name);
            return Extracted.Nothing;
        }
    }

    private static ChatOptions Options(string? model) => new()
    {
        ModelId = model, Temperature = 0, MaxOutputTokens = OutputTokensMax,
        ResponseFormat = ChatResponseFormat.ForJsonSchema(ExtractionPrompt.Schema, "facts"),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Model} did not read facts from a turn")]
    private partial void LogNotRead(Exception failure, string model);
}
