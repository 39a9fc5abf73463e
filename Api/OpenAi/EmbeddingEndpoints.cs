using Colloquy.Embeddings;
using Colloquy.Hosting;
using Colloquy.Problems;
using Colloquy.Runs;
using Colloquy.Tenants;

namespace Colloquy.OpenAi;

/// <summary>Vectors of texts in OpenAI's protocol.</summary>
internal static class EmbeddingEndpoints
{
    /// <summary>A service may be asked several times before an answer comes.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(90);

    public static async Task<IResult> Create(HttpContext context, Caller caller, GrainCalls calls)
    {
        var request = EmbeddingRequest.Read(await JsonBody.Read(context.Request));
        var result = await calls.Embedder(caller.Tenant).Once(embedder => embedder.Embed(request.Model, request.Texts), Most);
        switch (result.Status)
        {
            case EmbedStatus.Done:
                request.Check(result.Vectors[0].Length);
                return new OpenAiResult(wire => wire.Embeddings(result, request.IsBase64));
            case EmbedStatus.EmbedderMissing when result.Name is { } setting:
                throw OpenAiCodes.Refuse(OpenAiCodes.ModelNotFound, "model",
                    $"The model `{OpenAiCodes.Shown(request.Model)}` is not set up here: it needs {setting}.");
            case EmbedStatus.EmbedderFailed:
                return RunFailures.Of("run.failed", new RunError(result.Name!, ""), "input");
            default:
                return OpenAiCodes.UnknownModel(request.Model);
        }
    }
}
