using Colloquy.Hosting;
using Colloquy.OpenApi;
using Colloquy.Problems;
using Colloquy.Tenants;

namespace Colloquy.Knowledge;

/// <summary>Stored sources, as citations point into them.</summary>
internal static class KnowledgeEndpoints
{
    private const int IdMax = 512;

    public static void MapKnowledge(this IEndpointRouteBuilder routes) => routes.MapGroup("/knowledge").WithTags("Knowledge")
        .MapGet("/documents/{id}", Document)
        .Describe("getDocument", "Shows a stored document. Citations count characters of its text.")
        .Answers<DocumentView>(200).Refuses(ProblemCodes.DocumentNotFound);

    private static async Task<IResult> Document(string id, Caller caller, GrainCalls calls, CancellationToken cancellation)
    {
        // A slash in an id comes escaped, and the router leaves it so.
        var name = id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return name.Length <= IdMax
            && await calls.Knowledge(caller.Tenant).Ask(knowledge => knowledge.Document(name), cancellation) is { } document
                ? TypedResults.Ok(document) : new Problem(ProblemCodes.DocumentNotFound);
    }
}
