using Colloquy.Hosting;
using Colloquy.OpenApi;
using Colloquy.Problems;
using Colloquy.Tenants;

namespace Colloquy.Knowledge;

/// <summary>Collections of documents: those that ship, and a tenant's own.</summary>
internal static class CollectionEndpoints
{
    public static void Map(RouteGroupBuilder collections)
    {
        collections.MapGet("", List).Describe("listCollections", "Lists shipped and own collections, by id.")
            .Answers<Page<CollectionView>>(200).Refuses(ProblemCodes.CursorInvalid, ProblemCodes.InvalidValue);
        collections.MapPost("", Create).Describe("createCollection", "Creates a collection. Its embedding model is tried first.")
            .Answers<CollectionView>(201)
            .Refuses(ProblemCodes.CollectionExists, ProblemCodes.CollectionBuiltIn, ProblemCodes.LimitReached,
                ProblemCodes.InvalidValue,
                ProblemCodes.IdempotencyKeyReused, ProblemCodes.EmbedderMissing, ProblemCodes.EmbedderFailed,
                    ProblemCodes.IndexMissing)
            .Example(new CreateCollectionRequest("guidelines", "Guidelines", "Clinical guidelines of our hospital.", "medicine",
                null));
        collections.MapGet("/{id}", View).Describe("getCollection", "Shows a collection, with how much it holds.")
            .Answers<CollectionView>(200).Refuses(ProblemCodes.CollectionNotFound);
        collections.MapPatch("/{id}", Change)
            .Describe("changeCollection", "Changes a collection. Another embedding model is a run that indexes everything anew; "
                + "searches change over when it is complete.")
            .Answers<CollectionChanged>(200)
            .Refuses(ProblemCodes.CollectionNotFound, ProblemCodes.CollectionBuiltIn, ProblemCodes.CollectionBusy,
                ProblemCodes.InvalidValue,
                ProblemCodes.EmbedderMissing, ProblemCodes.EmbedderFailed, ProblemCodes.IndexMissing)
            .Example(new ChangeCollectionRequest(null, null, null, "openai/text-embedding-3-small"));
        collections.MapDelete("/{id}", Delete)
            .Describe("deleteCollection", "Removes a collection with every document, chunk and vector.")
            .Answers(204).Refuses(ProblemCodes.CollectionNotFound, ProblemCodes.CollectionBuiltIn);
        collections.MapGet("/{id}/documents", Documents).Describe("listDocuments", "Lists the documents of a collection, by id.")
            .Answers<Page<DocumentEntry>>(200)
            .Refuses(ProblemCodes.CollectionNotFound, ProblemCodes.CursorInvalid, ProblemCodes.InvalidValue);
    }

    private static async Task<IResult> List(
        string? cursor, int? limit, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (Paging.Check(limit) is { } problem)
            return problem;
        if (cursor is not null && !TenantKey.IsName(cursor))
            return Paging.BadCursor();
        var all = await calls.Collections(caller.Tenant).Ask(list => list.All(), cancellation);
        return TypedResults.Ok(Paging.ById(all, one => one.Id, cursor, limit));
    }

    private static async Task<IResult> Create(
        CreateCollectionRequest body, OperationKey operation, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (body.Check() is { } problem)
            return problem;
        var result = await calls.Collection(caller.Tenant, body.Id!)
            .Ask(collection => collection.Create(body.ToCommand(operation.Value)), cancellation);
        return Refusal(result) is { } refused ? refused
            : TypedResults.Created($"/v1/knowledge/collections/{body.Id}", result.Collection);
    }

    private static async Task<IResult> View(string id, Caller caller, GrainCalls calls, CancellationToken cancellation) =>
        TenantKey.IsName(id)
        && await calls.Collection(caller.Tenant, id).Ask(collection => collection.View(), cancellation) is { } view
            ? TypedResults.Ok(view) : new Problem(ProblemCodes.CollectionNotFound);

    private static async Task<IResult> Change(
        string id, ChangeCollectionRequest body, OperationKey operation, Caller caller, GrainCalls calls,
            CancellationToken cancellation)
    {
        if (!TenantKey.IsName(id))
            return new Problem(ProblemCodes.CollectionNotFound);
        if (body.Check() is { } problem)
            return problem;
        var result = await calls.Collection(caller.Tenant, id)
            .Ask(collection => collection.Change(body.ToCommand(caller.KeyId, operation.Value)), cancellation);
        return Refusal(result) is { } refused ? refused : TypedResults.Ok(new CollectionChanged(
            result.Collection!, result.RunId, result.RunId is { } run ? $"/v1/runs/{run}/events" : null));
    }

    private static async Task<IResult> Delete(string id, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (!TenantKey.IsName(id))
            return new Problem(ProblemCodes.CollectionNotFound);
        var (wasThere, isRepeated) = await calls.Collection(caller.Tenant, id)
            .AskTelling(collection => collection.Delete(), cancellation);
        if (wasThere || isRepeated)
            return TypedResults.NoContent();
        return new Problem(await calls.Collection(caller.Tenant, id).Ask(collection => collection.View(),
            cancellation) is { BuiltIn: true }
            ? ProblemCodes.CollectionBuiltIn : ProblemCodes.CollectionNotFound);
    }

    private static async Task<IResult> Documents(
        string id, string? cursor, int? limit, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (Paging.Check(limit) is { } problem)
            return problem;
        if (cursor is not null && !DocumentBody.IsId(cursor))
            return Paging.BadCursor();
        if (!TenantKey.IsName(id))
            return new Problem(ProblemCodes.CollectionNotFound);
        var collection = calls.Collection(caller.Tenant, id);
        if (await collection.Ask(grain => grain.View(), cancellation) is null)
            return new Problem(ProblemCodes.CollectionNotFound);
        var page = await collection.Ask(grain => grain.Documents(cursor, limit ?? Paging.LimitDefault), cancellation);
        return TypedResults.Ok(new Page<DocumentEntry>(page.Items, page.Next));
    }

    private static Problem? Refusal(CollectionResult result) => result.Status switch
    {
        CollectionStatus.Done => null,
        CollectionStatus.Exists => new Problem(ProblemCodes.CollectionExists),
        CollectionStatus.BuiltIn => new Problem(ProblemCodes.CollectionBuiltIn),
        CollectionStatus.TooMany => new Problem(ProblemCodes.LimitReached, "The tenant has as many collections as it may have."),
        CollectionStatus.KeyReused => new Problem(ProblemCodes.IdempotencyKeyReused),
        CollectionStatus.Busy => new Problem(ProblemCodes.CollectionBusy, "Wait for the run that indexes it, or cancel it."),
        CollectionStatus.EmbedderMissing => new Problem(ProblemCodes.EmbedderMissing, $"What is missing: {result.Name}."),
        CollectionStatus.EmbedderFailed => new Problem(ProblemCodes.EmbedderFailed, $"It ended with {result.Name}."),
        CollectionStatus.IndexMissing => new Problem(ProblemCodes.IndexMissing, $"The setting {result.Name} is missing."),
        _ => new Problem(ProblemCodes.CollectionNotFound),
    };
}
