using System.Collections.Immutable;

namespace Colloquy.OpenAi;

/// <summary>What a client asks of <c>/v1/chat/completions</c>, as far as it can be given.</summary>
/// <param name="Model">The id of an agent, <c>auto</c>, or <c>panel:</c> and a protocol.</param>
/// <param name="Choices">How many answers, side by side.</param>
/// <param name="Stop">Texts before which an answer ends.</param>
/// <param name="IsStored">Whether the session appears in the tenant's list.</param>
/// <param name="TokensMax">The most that an answer may have, or null: honoured if the agent's own bound is not higher.</param>
/// <param name="Temperature">Honoured if it is the agent's own, or null.</param>
/// <param name="Ignored">Parameters that the client named and that change nothing, though they might have been meant to.</param>
/// <param name="Fingerprint">A hash of the request.</param>
internal sealed record ChatRequest(
    string Model, Conversation Conversation, bool IsStreamed, bool WantsUsage, int Choices, ImmutableArray<string> Stop,
    bool IsStored, ImmutableSortedDictionary<string, string> Metadata, long? TokensMax, double? Temperature,
    ImmutableArray<string> Ignored, string Fingerprint);
