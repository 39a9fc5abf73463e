using Colloquy.Feedback;
using Colloquy.Knowledge.Citations;

namespace Colloquy.Knowledge;

/// <summary>All that a confidence is computed from.</summary>
/// <param name="Question">The words that retrieval was asked with.</param>
/// <param name="Passages">What retrieval found, best first.</param>
/// <param name="Answer">The answer, checked against them and their sources.</param>
/// <param name="Margin">By how much the answering agent was ahead when it was selected, 0 to 1; null where it was named by
/// hand.</param>
/// <param name="Map">What feedback has shown of this agent, or null while it has shown too little.</param>
internal sealed record ConfidenceInput(
    string Question, IReadOnlyList<Passage> Passages, VerifiedAnswer Answer, double? Margin = null, CalibrationMap? Map = null);
