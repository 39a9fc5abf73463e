using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Colloquy.Embeddings;
using Colloquy.Kernel;
using Colloquy.Knowledge;
using Colloquy.Knowledge.Citations;
using Colloquy.Memory;
using Colloquy.Models;
using Colloquy.Runs;
using Microsoft.Extensions.AI;

namespace Colloquy.Sessions;

/// <summary>
/// One attempt at an answer: retrieves, prompts, streams, calls tools. It changes nothing itself; what it finds out goes back to
/// the session as a command, and every tool call is journaled before it is made.
/// </summary>
internal sealed class TurnWriter(TurnPorts ports, TurnBrief brief, LiveAnswer live, ITurnJournal journal, TurnMemory memory)
{
    private readonly ModelHandle _model = ports.Models.Resolve(brief.Agent.Model);
    private readonly TurnTools _tools = new(ports, brief, journal);
    private IReadOnlyList<Passage> _passages = [];
    private Usage _usage = Usage.None;
    private NewSummary? _summary;
    private ImmutableArray<FactHit> _facts = [];

    public async Task<TurnOutcome> Write(CancellationToken cancellation)
    {
        try
        {
            var recalling = memory.Recall(brief.Question);
            _passages = await Retrieve(cancellation);
            _facts = await recalling;
            if (Abstention.Before(brief.Agent, brief.Question, _passages, brief.Run.Margin, brief.Calibration) is { } missing)
                live.Append(missing);
            else
                await Compose(cancellation);
            return await Completed(cancellation);
        }
        catch (ModelException failure)
        {
            return Outcome(Finish.Failed, new(failure.Code, failure.Message));
        }
        catch (EmbedderMissingException missing)
        {
            return Outcome(Finish.Failed, new("embedder_missing", missing.Message));
        }
        catch (ToolInDoubtException doubt)
        {
            return Outcome(Finish.Failed, new("tool_in_doubt", doubt.Message));
        }
    }

    public TurnOutcome Outcome(string finish, RunError? error) =>
        new(finish, live.Text, [.. _passages], [], null, _usage, _model.Name, error, _summary)
        {
            Recalled = [.. _facts.Select(hit => new MemoryNote(hit.Fact.Scope, hit.Fact.Id, hit.Fact.Text))],
        };

    private Task<IReadOnlyList<Passage>> Retrieve(CancellationToken cancellation) => ports.Knowledge.Search(
        brief.Tenant, new(brief.Agent.Collections, brief.Question, SessionLimits.Passages, Explain: true), cancellation);

    private async Task Compose(CancellationToken cancellation)
    {
        _summary = await Summarise(cancellation);
        await Answer(Messages(), cancellation);
    }

    /// <summary>Checks what was written, says at its end what does not hold, and has remembered what the user told.</summary>
    private async Task<TurnOutcome> Completed(CancellationToken cancellation)
    {
        var answer = await AnswerVerification.Of(live.Text, _passages, ports.Knowledge, brief.Tenant, cancellation);
        live.Append(answer.Appendix);
        var confidence = ConfidenceEstimate.Of(new(brief.Question, _passages, answer, brief.Run.Margin, brief.Calibration));
        live.Append(Abstention.After(brief.Agent, confidence));
        live.Flush();
        var (proposed, usage) = await memory.Propose(
            brief.Run, live.Attempt, journal.Holds, brief.Agent.Model, brief.Question, live.Text, cancellation);
        _usage += usage;
        return Outcome(Finish.Completed, null) with
        {
            Citations = answer.Citations, CitationCounts = answer.Counts, Confidence = confidence, Proposed = proposed,
        };
    }

    private async Task Answer(List<ChatMessage> messages, CancellationToken cancellation)
    {
        messages.AddRange(await _tools.Resume(cancellation));
        for (var round = 0; ; round++)
        {
            var calls = await Stream(messages, mayCall: round < SessionLimits.ToolRounds, cancellation);
            if (calls.Count == 0)
                return;
            messages.AddRange(await _tools.Call(calls, cancellation));
        }
    }

    private async Task<List<FunctionCallContent>> Stream(
        List<ChatMessage> messages, bool mayCall, CancellationToken cancellation)
    {
        var calls = new List<FunctionCallContent>();
        var options = Options();
        options.Tools = mayCall ? _tools.Declarations : null;
        await foreach (var update in _model.Client.GetStreamingResponseAsync(messages, options, cancellation))
            foreach (var content in update.Contents)
                switch (content)
                {
                    case TextContent text:
                        live.Append(text.Text);
                        if (live.Length > SessionLimits.AnswerCharacters)
                            throw new ModelException(ModelErrors.BadAnswer, "The answer is longer than an answer may be.");
                        break;
                    case FunctionCallContent call when mayCall:
                        calls.Add(call);
                        break;
                    case UsageContent usage:
                        _usage += ModelUsage.Of(usage.Details);
                        break;
                    default:
                        break; // reasoning, images: nothing that an answer here consists of
                }
        return calls;
    }

    private List<ChatMessage> Messages() => [.. PromptAssembly.Assemble(new(
        brief.Agent, brief.Session.Instructions, _summary?.Text ?? brief.Session.Summary, Window(), _passages, brief.Question,
        _model.ContextTokens, MemoryLines.Of(_facts))).Messages];

    private ImmutableArray<Exchange> Window()
    {
        var window = brief.Session.Window;
        var told = _summary is null ? -1 : window.ToList().FindIndex(exchange => exchange.MessageId == _summary.Through);
        return window.RemoveRange(0, told + 1);
    }

    private ChatOptions Options() => new()
    {
        ModelId = brief.Agent.Model,
        Temperature = (float)brief.Agent.Temperature,
        MaxOutputTokens = brief.Agent.MaxOutputTokens,
        AdditionalProperties = new() { [PromptPassages.Key] = _passages },
    };

    /// <summary>Folds the older half of a full window into the summary. It is committed with the answer.</summary>
    private async Task<NewSummary?> Summarise(CancellationToken cancellation)
    {
        var told = PromptAssembly.Overflow(brief.Session.Window);
        if (told.IsEmpty)
            return null;
        var text = new StringBuilder(
            "Summarise this conversation for yourself, in at most 400 words. Keep facts, decisions, names and open questions.\n\n");
        if (brief.Session.Summary.Length > 0)
            text.Append("Earlier summary:\n").Append(brief.Session.Summary).Append("\n\n");
        foreach (var exchange in told)
            text.Append("User: ").Append(exchange.Question).Append("\nExpert: ").Append(exchange.Answer).Append("\n\n");
        var options = new ChatOptions
        {
            ModelId = brief.Agent.Model, Temperature = 0, MaxOutputTokens = 1_000,
            AdditionalProperties = new() { [PromptPassages.TaskKey] = PromptPassages.Summary },
        };
        var answer = await _model.Client.GetResponseAsync([new(ChatRole.User, text.ToString())], options, cancellation);
        _usage += ModelUsage.Of(answer.Usage);
        return new(told[^1].MessageId, Texts.First(answer.Text, SessionLimits.SummaryCharacters));
    }
}

/// <summary>A call was begun, nobody knows how it ended, and it may not be made again.</summary>
public sealed class ToolInDoubtException(string message) : Exception(message);
