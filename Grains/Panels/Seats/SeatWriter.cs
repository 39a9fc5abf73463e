using System.Collections.Immutable;
using Colloquy.Agents;
using Colloquy.Embeddings;
using Colloquy.Feedback;
using Colloquy.Kernel;
using Colloquy.Knowledge;
using Colloquy.Models;
using Colloquy.Panels.Seats.Rules;
using Microsoft.Extensions.AI;

namespace Colloquy.Panels.Seats;

/// <summary>What one attempt is written from.</summary>
/// <param name="Notes">The seat's own, of earlier rounds.</param>
/// <param name="Map">What feedback has shown of the agent, or null.</param>
internal sealed record SeatWork(
    string Tenant, SeatBrief Brief, AgentProfile Agent, ModelHandle Model, ImmutableArray<SeatNote> Notes, CalibrationMap? Map);

/// <summary>
/// One attempt at what a round asks for: retrieves, prompts, streams, reads the figures, checks the citations. A model that only
/// quotes is replaced by rules. Seats call no tools: what they rest on must be the same for everybody who looks it up.
/// </summary>
internal sealed class SeatWriter(IKnowledge knowledge, SeatWork work, SeatVoice voice, SeatPurse purse)
{
    private SeatBrief Brief => work.Brief;

    private string Model => work.Model.Name;

    public async Task<SeatOutcome> Write(CancellationToken cancellation)
    {
        try
        {
            var own = await knowledge.Search(work.Tenant,
                new(work.Agent.Collections, Query, SeatLimits.Passages, Explain: true), cancellation);
            var material = SeatMaterial.Of(Brief, own);
            if (PanelPhases.IsPosition(Brief.Phase)
                && Abstention.Before(work.Agent, Brief.Question, own, null, work.Map) is { } missing)
                return Absent(AbsenceReasons.Declined, "abstained", missing);
            return Model == ModelNames.Extractive ? await Quote(material, cancellation) : await Compose(material, cancellation);
        }
        catch (ModelException failure)
        {
            return Absent(AbsenceReasons.Failed, failure.Code, failure.Message);
        }
        catch (EmbedderMissingException missing)
        {
            return Absent(AbsenceReasons.Failed, "embedder_missing", missing.Message);
        }
    }

    /// <summary>What knowledge is searched for: the question, and what was asked last where that is to be answered.</summary>
    private string Query => Texts.First(
        Brief.Phase == PanelPhases.Answer ? string.Join('\n', LastQuestions.Prepend(Brief.Question)) : Brief.Question,
        KnowledgeQuery.TextCharacters);

    private ImmutableArray<string> LastQuestions =>
        Brief.Entries.LastOrDefault(entry => entry.Phase == PanelPhases.Question)?.Said.Points ?? [];

    private async Task<SeatOutcome> Compose(SeatMaterial material, CancellationToken cancellation)
    {
        var prompt = SeatPrompt.Of(work, material);
        var room = purse.Room(prompt.Tokens, prompt.OutputTokens);
        if (room < Math.Min(SeatLimits.OutputTokensMin, prompt.OutputTokens))
            return Absent(AbsenceReasons.Budget, "seat_tokens", "What the seat may still spend is not enough for an answer.");
        var prose = new Prose();
        if (!await purse.Pay("", prompt.Tokens, room, meter => Stream(prompt, room, prose, meter, cancellation)))
            return OverBudget();
        var figures = AnswerFigures.Read(prose.Written, Brief);
        if (AnswerFormat.Lacks(Brief, figures))
        {
            var again = SeatPrompt.Again(prompt, prose.Text, Brief);
            if (purse.Room(again.Tokens, again.OutputTokens) < Math.Min(SeatLimits.OutputTokensMin, again.OutputTokens))
                return OverBudget();
            var text = "";
            if (!await purse.Pay("/again", again.Tokens, again.OutputTokens, async meter => text = await Ask(again, meter, cancellation)))
                return OverBudget();
            figures = figures.Or(AnswerFigures.Read(text, Brief));
            if (AnswerFormat.Lacks(Brief, figures))
                return Absent(AbsenceReasons.Failed, "unreadable_answer", "The model did not give what the round needs, asked twice.");
        }
        if (prose.Text.Length == 0 && figures.IsEmpty)
            return Absent(AbsenceReasons.Failed, "unreadable_answer", "The model said nothing.");
        var said = prose.Text.Length > 0 ? prose.Text : figures.Summary;
        return await Spoken(figures.Contribution(said), material, figures.Notes, isStreamed: prose.Text.Length > 0, cancellation);
    }

    /// <summary>What a model that only quotes can do: quotes its own passages, and rules do the rest.</summary>
    private async Task<SeatOutcome> Quote(SeatMaterial material, CancellationToken cancellation)
    {
        var answer = "";
        if (SeatRules.NeedsQuotes(Brief.Phase))
        {
            var readable = Novelty.Prefer(material, Brief.Phase);
            var tokens = TokenEstimate.Of(Brief.Question) + readable.Sum(one => TokenEstimate.Of(one.Text));
            var room = purse.Room(tokens, work.Agent.MaxOutputTokens);
            if (room < Math.Min(SeatLimits.OutputTokensMin, work.Agent.MaxOutputTokens))
                return Absent(AbsenceReasons.Budget, "seat_tokens", "What the seat may still spend is not enough for an answer.");
            if (!await purse.Pay("", tokens, room, async meter => answer = await Quotes(readable, room, meter, cancellation)))
                return OverBudget();
            answer = SeatMaterial.Renumbered(answer, n => $"[{material.Sources.IndexOf(readable[n - 1]) + 1}]");
        }
        var (said, note) = SeatRules.Apply(Brief, material, answer);
        return await Spoken(said, material, note, isStreamed: false, cancellation);
    }

    private async Task<string> Quotes(IReadOnlyList<Passage> passages, int room, SeatPurse.Meter meter, CancellationToken cancellation)
    {
        var options = new ChatOptions
        {
            ModelId = work.Agent.Model, MaxOutputTokens = room,
            AdditionalProperties = new() { [PromptPassages.Key] = passages, [PromptPassages.TaskKey] = PromptPassages.Sentences },
        };
        return Counted(await work.Model.Client.GetResponseAsync([new(ChatRole.User, Query)], options, cancellation), meter);
    }

    private async Task<string> Ask(SeatPrompt prompt, SeatPurse.Meter meter, CancellationToken cancellation) => Counted(
        await work.Model.Client.GetResponseAsync(prompt.Messages, Options(prompt.OutputTokens), cancellation), meter);

    private static string Counted(ChatResponse response, SeatPurse.Meter meter)
    {
        meter.Written += response.Text.Length;
        meter.Counted += ModelUsage.Of(response.Usage);
        return response.Text;
    }

    private async Task Stream(
        SeatPrompt prompt, int room, Prose prose, SeatPurse.Meter meter, CancellationToken cancellation)
    {
        var shown = 0;
        await foreach (var update in work.Model.Client.GetStreamingResponseAsync(prompt.Messages, Options(room), cancellation))
            foreach (var content in update.Contents)
                switch (content)
                {
                    case TextContent text:
                        meter.Written += text.Text.Length;
                        if (meter.Written > SeatLimits.WrittenCharacters)
                            throw new ModelException(ModelErrors.BadAnswer, "The answer is longer than an answer may be.");
                        Show(prose.Append(text.Text));
                        break;
                    case UsageContent usage:
                        meter.Counted += ModelUsage.Of(usage.Details);
                        break;
                    default:
                        break; // reasoning, images, calls of tools that were never offered
                }
        Show(prose.Rest());

        void Show(string words)
        {
            words = Texts.First(words, Math.Max(0, PanelLimits.TextCharacters - shown));
            shown += words.Length;
            voice.Append(words);
        }
    }

    private ChatOptions Options(int room) => new()
    {
        ModelId = work.Agent.Model, Temperature = (float)work.Agent.Temperature, MaxOutputTokens = room,
    };

    /// <summary>Checks what was said, says at its end what does not hold, and says how far to trust it.</summary>
    private async Task<SeatOutcome> Spoken(
        Contribution said, SeatMaterial material, string note, bool isStreamed, CancellationToken cancellation)
    {
        var (contribution, appendix) = await Evidence.Of(knowledge, work, material, said, cancellation);
        voice.Append(isStreamed ? appendix : contribution.Text);
        await voice.Finish();
        return new(SeatAnswer.Speaks(contribution, purse.Spent, Model), new(
            Brief.Round, Brief.Phase, Texts.First(note, SeatLimits.NoteCharacters),
            [.. material.Sources.Select(source => source.Title).Distinct(StringComparer.Ordinal).Take(SeatLimits.NoteSources)]));
    }

    private SeatOutcome OverBudget() => Absent(
        AbsenceReasons.Budget, "budget_exhausted", "The tenant's budget does not allow the seat's answer.");

    private SeatOutcome Absent(string reason, string code, string message) =>
        new(SeatAnswer.IsAbsent(reason, new(code, Texts.First(message, PanelLimits.LineCharacters)), purse.Spent, Model), null);
}
