using Colloquy.Hosting;
using Colloquy.Problems;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Colloquy.OpenAi;

/// <summary>The addresses at which OpenAI's clients find what they know, with agents as models.</summary>
internal static class OpenAiHosting
{
    /// <summary>Bytes of a request: clients repeat the whole conversation each time.</summary>
    private const int BodyMax = 4 * 1024 * 1024;

    public static IServiceCollection AddOpenAi(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IErrorShape, OpenAiErrorShape>());
        services.TryAddSingleton<ChatRuns>();
        return services;
    }

    /// <summary>Maps the addresses below <c>/v1</c>. Our own description leaves them out: they are described by OpenAI's, with
    /// other errors than ours.</summary>
    public static void MapOpenAi(this IEndpointRouteBuilder routes)
    {
        var openAi = routes.MapGroup("").WithTags("OpenAI").ExcludeFromDescription();
        openAi.MapGet("/models", ModelEndpoints.List);
        openAi.MapGet("/models/{model}", ModelEndpoints.View);
        openAi.MapPost("/embeddings", EmbeddingEndpoints.Create)
            .WithMetadata(new RequestSizeLimitAttribute(BodyMax))
            .WithRequestTimeout(ApiServer.LongRequest);
        openAi.MapPost("/chat/completions", ChatEndpoints.Complete)
            .WithMetadata(new RequestSizeLimitAttribute(BodyMax))
            .DisableRequestTimeout(); // an answer takes its time; a run has a limit of its own
    }
}
