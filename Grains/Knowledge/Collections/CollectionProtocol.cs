using Colloquy.Runs;

namespace Colloquy.Knowledge.Collections;

/// <summary>
/// What may happen to a collection. No clock, no storage: an unchanged state is the same object. A state that is outstanding must
/// be settled before the next input.
/// </summary>
internal static class CollectionProtocol
{
    /// <summary>Indexes that wait to be dropped: each outlives its successor by seconds.</summary>
    public const int DropsMax = 16;

    /// <param name="embedding">The model as its name was resolved, with the dimensions that it was found to have.</param>
    public static (CollectionState Next, CollectionStatus Answer) Create(
        CollectionState state, string id, CreateCollection command, (string Name, int Dimensions) embedding, DateTimeOffset at)
    {
        var creation = new CollectionOperation(command.Operation ?? "", PrintOf(command), null);
        if (Repeated(state, command) is { } earlier)
            return (state, earlier);
        if (state.About is not null)
            return (state, CollectionStatus.Exists);
        var generation = state.LastGeneration + 1;
        return (new CollectionState
        {
            About = new(command.Name ?? id, command.Description ?? "", command.Domain, at),
            Index = new(generation, embedding.Name, embedding.Dimensions, null),
            LastGeneration = generation,
            Drops = state.Drops,
            Creation = creation,
        }, CollectionStatus.Done);
    }

    /// <summary>What a creation that was made before is answered; null if this one is new.</summary>
    public static CollectionStatus? Repeated(CollectionState state, CreateCollection command) =>
        command.Operation is null || state.Creation?.Operation != command.Operation ? null
        : state.Creation.Fingerprint != PrintOf(command) ? CollectionStatus.KeyReused
        : state.About is null ? CollectionStatus.NotFound // it was created; since then it is gone
        : CollectionStatus.Done;

    /// <summary>What a change that was made before is answered; null if this one is new.</summary>
    public static CollectionStatus? Repeated(CollectionState state, ChangeCollection command) =>
        command.Operation is null || state.Change?.Operation != command.Operation ? null
        : state.Change.Fingerprint != PrintOf(command) ? CollectionStatus.KeyReused : CollectionStatus.Done;

    /// <param name="embedding">The model to change to, or null if it stays.</param>
    public static (CollectionState Next, CollectionStatus Answer) Change(
        CollectionState state, string tenant, string id, ChangeCollection command, (string Name, int Dimensions)? embedding)
    {
        if (state.About is not { } about || !state.Exists)
            return (state, CollectionStatus.NotFound);
        if (Repeated(state, command) is { } earlier)
            return (state, earlier);
        var isNew = embedding is { } wanted && wanted.Name != (state.Building ?? state.Index!).Embedding;
        if (isNew && (state.Building is not null || state.Drops.Length >= DropsMax))
            return (state, CollectionStatus.Busy);
        var next = about with
        {
            Name = command.Name ?? about.Name,
            Description = command.Description ?? about.Description,
            Domain = command.Domain ?? about.Domain,
        };
        var changed = next == about ? state : state with { About = next };
        if (!isNew)
            return (changed, CollectionStatus.Done);
        var generation = state.LastGeneration + 1;
        var run = RunIds.Of(IngestOf(tenant, id, state.About.CreatedAt, generation));
        return (changed with
        {
            Building = new(generation, embedding!.Value.Name, embedding.Value.Dimensions, run),
            LastGeneration = generation,
            IsBuilding = false,
            Author = command.Author,
            Change = new(command.Operation ?? "", PrintOf(command), run),
        }, CollectionStatus.Done);
    }

    /// <summary>The ingest that builds an index: it follows from what is built, so that it is begun once.</summary>
    public static string IngestOf(string tenant, string id, DateTimeOffset createdAt, int generation) =>
        RunIds.Ingest(tenant, FormattableString.Invariant($"reindex/{id}/{createdAt.UtcTicks}/{generation}"));

    /// <summary>The run that builds has been begun.</summary>
    public static CollectionState Begun(CollectionState state) => state with { IsBuilding = true };

    /// <summary>Searches change over to what was built.</summary>
    public static CollectionState Switch(CollectionState state, int generation, DateTimeOffset dropAt) =>
        state.Building is not { } built || built.Generation != generation ? state : state with
        {
            Index = built,
            Building = null,
            IsBuilding = false,
            Drops = state.Drops.Add(new(state.Index!.Generation, state.Index.Dimensions, dropAt)),
        };

    /// <summary>What was being built will not be.</summary>
    public static CollectionState Abandon(CollectionState state, int generation, DateTimeOffset dropAt) =>
        state.Building is not { } built || built.Generation != generation ? state : state with
        {
            Building = null,
            IsBuilding = false,
            Drops = state.Drops.Add(new(built.Generation, built.Dimensions, dropAt)),
        };

    public static CollectionState Dropped(CollectionState state, DroppedIndex index) =>
        state with { Drops = state.Drops.Remove(index) };

    public static CollectionState Listed(CollectionState state) => state with { IsListed = true };

    /// <summary>The list had no room: nobody has seen the collection, and nobody will.</summary>
    public static CollectionState Withdraw(CollectionState state) => Gone(state) with { Creation = null };

    public static (CollectionState Next, bool Answer) Delete(CollectionState state) =>
        state.Exists ? (state with { IsDeleting = true }, true) : (state, false);

    /// <summary>All that it held has been removed. Its numbers go on, so that no late writer finds its index again.</summary>
    public static CollectionState Gone(CollectionState state) =>
        new() { LastGeneration = state.LastGeneration, Creation = state.Creation };

    private static string PrintOf(CreateCollection command) => Print(
        command.Name, command.Description, command.Domain, command.Embedding);

    private static string PrintOf(ChangeCollection command) => Print(
        command.Name, command.Description, command.Domain, command.Embedding);

    private static string Print(params string?[] parts) => string.Join('\u001f', parts.Select(part => part is null ? "-"
        : $"+{part}"));
}
