using System.Collections.Immutable;

namespace Colloquy.Selection;

/// <summary>Chooses among a tenant's agents and learns from what people say of its choices, keyed by
/// <c>{tenant}/selector</c>.</summary>
[Alias("selector")]
public interface ISelectorGrain : IGrainWithStringKey
{
    /// <summary>The agents that fit best, by words and by vectors, fused.</summary>
    [Alias("search"), AlwaysInterleave]
    Task<ImmutableArray<AgentHit>> Search(AgentQuery query);

    /// <summary>Chooses. Changes nothing; the same question gets the same answer until something was learned or published.</summary>
    [Alias("select"), AlwaysInterleave]
    Task<AgentSelection> Select(AgentQuery query);

    /// <summary>Learns a label. Durable on return. False if the key is known: then nothing changed.</summary>
    [Alias("learn")]
    Task<bool> Learn(SelectionLabel label);

    /// <summary>Measures the choice against plain BM25 and a plain vector search. The model is not asked.</summary>
    /// <param name="questions">At most <see cref="SelectionLimits.Labelled"/>; none takes the held-out half of the shipped set.</param>
    [Alias("evaluate"), AlwaysInterleave]
    Task<SelectionReport> Evaluate(ImmutableArray<LabelledQuestion> questions);

    [Alias("ranker"), AlwaysInterleave]
    Task<RankerView> Ranker();

    /// <summary>Forgets what was learned. Durable on return.</summary>
    [Alias("reset")]
    Task Reset();
}
