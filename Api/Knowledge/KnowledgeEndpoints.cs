using Colloquy.Hosting;
using Colloquy.OpenApi;
using Colloquy.Problems;
using Colloquy.Tenants;

namespace Colloquy.Knowledge;

/// <summary>What experts know: collections, documents as citations point into them, and searches to try.</summary>
internal static class KnowledgeEndpoints
{
    private const int IdMax = 512;

    public static void MapKnowledge(this IEndpointRouteBuilder routes)
    {
        var knowledge = routes.MapGroup("/knowledge").WithTags("Knowledge");
        var collections = knowledge.MapGroup("/collections");
        CollectionEndpoints.Map(collections);
        UploadEndpoints.Map(collections);
        knowledge.MapGet("/documents/{id}", Document)
            .Describe("getDocument", "Shows a stored document. Citations count characters of its text.")
            .Answers<DocumentView>(200).Refuses(ProblemCodes.DocumentNotFound);
        knowledge.MapDelete("/documents/{id}", Remove)
            .Describe("deleteDocument", "Removes a document with every chunk and vector.")
            .Answers(204).Refuses(ProblemCodes.DocumentNotFound);
        knowledge.MapPost("/search", Search)
            .Describe("searchKnowledge", "Tries a search as an expert would make it; with explain, every passage says how it was found.")
            .Answers<SearchAnswer>(200)
            .Refuses(ProblemCodes.InvalidValue, ProblemCodes.UnknownCollection, ProblemCodes.ContentTooLarge,
                ProblemCodes.EmbedderMissing,
                ProblemCodes.EmbedderFailed)
            .Example(new SearchRequest("first-line treatment of hypertension", ["medicine"], 5, null, true));
    }

    private static async Task<IResult> Document(string id, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        var name = NameOf(id);
        return name.Length <= IdMax
            && await calls.Knowledge(caller.Tenant).Ask(knowledge => knowledge.Document(name), cancellation) is { } document
                ? TypedResults.Ok(document) : new Problem(ProblemCodes.DocumentNotFound);
    }

    private static async Task<IResult> Remove(string id, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (NameOf(id).Split(':', 2) is not [var collection, var document] || !TenantKey.IsName(collection)
            || !DocumentBody.IsId(document))
            return new Problem(ProblemCodes.DocumentNotFound);
        var (wasThere, isRepeated) = await calls.Collection(caller.Tenant, collection)
            .AskTelling(grain => grain.Remove(document), cancellation);
        return wasThere || isRepeated ? TypedResults.NoContent() : new Problem(ProblemCodes.DocumentNotFound);
    }

    private static async Task<IResult> Search(
        SearchRequest body, OperationKey _, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        if (body.Check() is { } problem)
            return problem;
        var result = await calls.Knowledge(caller.Tenant).Ask(knowledge => knowledge.Search(body.ToQuery()), cancellation);
        return result.Status switch
        {
            SearchStatus.Done => TypedResults.Ok(new SearchAnswer(result.Passages)),
            SearchStatus.EmbedderMissing => new Problem(ProblemCodes.EmbedderMissing, $"What is missing: {result.Name}."),
            SearchStatus.EmbedderFailed => new Problem(ProblemCodes.EmbedderFailed, $"It ended with {result.Name}."),
            _ => Problem.Of(ProblemCodes.UnknownCollection, "collections", $"There is no collection {result.Name}."),
        };
    }

    // A slash in an id comes escaped, and the router leaves it so.
    private static string NameOf(string id) => id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
