using System.Collections.Immutable;
using Colloquy.Agents;
using Colloquy.Feedback;
using Colloquy.Knowledge;
using Colloquy.Memory.Extraction;
using Colloquy.Models;
using Colloquy.Tools;

namespace Colloquy.Sessions;

/// <summary>What a turn is written with: the ports, one of each.</summary>
internal sealed record TurnPorts(
    IModelCatalogue Models, IKnowledge Knowledge, IEnumerable<ITool> Tools, MemoryExtractor Extractor, TimeProvider Clock);

/// <summary>What a turn is written from: the session as committed when the attempt began.</summary>
/// <param name="Question">The whole question.</param>
/// <param name="Earlier">Tool calls that earlier attempts journaled, with what came of them if that is known.</param>
/// <param name="Calibration">What feedback has shown of the agent, or null.</param>
internal sealed record TurnBrief(
    string Tenant, SessionState Session, RunState Run, AgentProfile Agent, string Question, ImmutableArray<JournaledCall> Earlier,
    CalibrationMap? Calibration);

/// <summary>A tool call as the journal knows it.</summary>
/// <param name="Result">Null while nothing is known of its outcome.</param>
internal sealed record JournaledCall(ToolCalled Call, CallResult? Result);

/// <summary>Makes tool calls durable: intents before they are made, results after.</summary>
internal interface ITurnJournal
{
    /// <summary>The calls with their ids, in order; empty if the run has ended meanwhile.</summary>
    Task<ImmutableArray<ToolCalled>> Called(ImmutableArray<RequestedCall> calls);

    Task Returned(ImmutableArray<CallResult> results);

    /// <summary>Whether this attempt is still the one under way.</summary>
    Task<bool> Holds();
}
