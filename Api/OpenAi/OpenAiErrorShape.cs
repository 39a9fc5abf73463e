using Colloquy.Problems;

namespace Colloquy.OpenAi;

/// <summary>Writes every error below the OpenAI-compatible addresses as OpenAI does, whoever noticed it: a refused key and an
/// unknown address included.</summary>
internal sealed class OpenAiErrorShape : IErrorShape
{
    private static readonly PathString[] Roots = ["/v1/models", "/v1/chat", "/v1/completions", "/v1/embeddings", "/v1/responses"];

    public bool Owns(PathString path) => Array.Exists(Roots, root => path.StartsWithSegments(root, StringComparison.Ordinal));

    public async Task Write(HttpContext context, Problem problem)
    {
        var error = OpenAiError.Of(problem, context.Request);
        var response = context.Response;
        response.StatusCode = error.Status;
        response.ContentType = Wire.Json;
        response.Headers["X-Request-Id"] = context.TraceIdentifier; // again, for what was set before a fault is gone
        if (error.IsFinal)
            response.Headers["x-should-retry"] = "false";
        var json = new Wire(response.BodyWriter);
        json.Error(error);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
