using System.Collections.Immutable;

namespace Colloquy.Memory;

/// <summary>What can be asked of a memory.</summary>
internal abstract record MemoryInput
{
    public sealed record Record(DateTimeOffset At, string Scope, string Operation,
        ImmutableArray<FactDraft> Drafts) : MemoryInput;

    public sealed record Confirm(string FactId) : MemoryInput;

    public sealed record Erase(string FactId) : MemoryInput;

    /// <summary>Vectors were made, each of the text of a fact.</summary>
    public sealed record Keep(ImmutableArray<(string FactId, FactVector Vector)> Vectors) : MemoryInput;
}

/// <summary>What a memory makes of an input: the facts to be written and removed, and the answer.</summary>
internal sealed record MemoryStep(
    MemoryState State, ImmutableArray<KeptFact> Puts, ImmutableArray<string> Removes, MemoryResult Result)
{
    public bool ChangesNothing => Puts.IsEmpty && Removes.IsEmpty;
}
