using System.Collections.Immutable;

namespace Colloquy.Knowledge;

/// <summary>An answer whose citation markers have been checked.</summary>
/// <param name="Text">The answer, its markers written one by one, without those that pointed at no passage.</param>
/// <param name="Citations">One for each marker of <paramref name="Text"/>, in its order; a number may occur again.</param>
/// <param name="Removed">Markers that pointed at no passage.</param>
/// <param name="Sentences">Sentences of the answer, headings not counted.</param>
/// <param name="Citing">Sentences that carry at least one marker.</param>
/// <param name="Supported">Citing sentences that at least one of their passages supports.</param>
/// <param name="SentenceOf">For each citation its sentence, counted from 0.</param>
internal sealed record CitedAnswer(
    string Text, ImmutableArray<Citation> Citations, int Removed, int Sentences, int Citing, int Supported,
    ImmutableArray<int> SentenceOf);
