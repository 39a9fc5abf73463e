using System.Collections.Immutable;

namespace Colloquy.Knowledge;

/// <summary>How far an answer may be relied on, with the signals that say so.</summary>
/// <param name="Value">0 (no grounds) to 1.</param>
/// <param name="Band"><c>low</c> below 0.4, <c>medium</c> below 0.7, else <c>high</c>.</param>
/// <param name="Calibrated">Whether feedback has shown that answers of this value are right this often.</param>
/// <param name="Signals">What the value was computed from, each from 0 to 1, by name.</param>
[GenerateSerializer, Alias("knowledge.confidence"), Immutable]
public sealed record Confidence(double Value, string Band, bool Calibrated, ImmutableSortedDictionary<string, double> Signals);
