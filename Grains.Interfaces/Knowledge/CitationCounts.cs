namespace Colloquy.Knowledge;

/// <summary>What came of checking an answer's citations against the stored sources.</summary>
/// <param name="Removed">Unsupported ones, which are not among the citations any more; the answer's closing note names them.</param>
/// <param name="Unchecked">Those whose source could not be read.</param>
[GenerateSerializer, Alias("knowledge.citation.counts"), Immutable]
public sealed record CitationCounts(int Supported, int Partial, int Unsupported, int Removed, int Unchecked);
