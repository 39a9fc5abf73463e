using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.Http.Headers;
using OpenAI;

namespace Colloquy.Models.OpenAi;

/// <summary>The connections to a model service, and the package's client on top of them with its own retries and timeouts
/// off.</summary>
internal static class OpenAiTransport
{
    public static HttpClient Connect(OpenAiOptions options) => new(Handler(options))
    {
        Timeout = Timeout.InfiniteTimeSpan, // time is kept by the caller, on the injected clock
    };

    public static SocketsHttpHandler Handler(OpenAiOptions options) => new()
    {
        ConnectTimeout = options.Connect,
        MaxConnectionsPerServer = options.Connections,
        PooledConnectionLifetime = options.ConnectionLifetime,
        AllowAutoRedirect = false, // a redirect would carry the key to an address that nobody configured
        UseCookies = false,
    };

    public static OpenAIClient Client(OpenAiOptions options, HttpClient http)
    {
        var settings = new OpenAIClientOptions
        {
            Endpoint = options.BaseUrl,
            UserAgentApplicationId = "colloquy",
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            Transport = new HttpClientPipelineTransport(http),
            EnableDistributedTracing = false, // the span around the call is ours
        };
        settings.AddPolicy(new AnswerType(), PipelinePosition.PerCall);
        if (options.ApiKey is null)
            settings.AddPolicy(new WithoutKey(), PipelinePosition.BeforeTransport);
        return new OpenAIClient(new ApiKeyCredential(options.ApiKey ?? "none"), settings);
    }

    /// <summary>The package insists on a key; a server that wants none gets none.</summary>
    private sealed class WithoutKey : PipelinePolicy
    {
        public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            message.Request.Headers.Remove("Authorization");
            ProcessNext(message, pipeline, currentIndex);
        }

        public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            message.Request.Headers.Remove("Authorization");
            return ProcessNextAsync(message, pipeline, currentIndex);
        }
    }

    /// <summary>Refuses a success that is neither JSON nor events: a login page, say, which would parse as an empty
    /// stream.</summary>
    private sealed class AnswerType : PipelinePolicy
    {
        public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            ProcessNext(message, pipeline, currentIndex);
            Check(message);
        }

        public override async ValueTask ProcessAsync(
            PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            await ProcessNextAsync(message, pipeline, currentIndex);
            Check(message);
        }

        private static void Check(PipelineMessage message)
        {
            if (message.Response is not { IsError: false } response
                || !response.Headers.TryGetValue("Content-Type", out var sent))
                return;
            var type = MediaTypeHeaderValue.TryParse(sent, out var parsed) ? parsed.MediaType : sent;
            if (type is "application/json" or "text/event-stream" || response.Status is >= 300)
                return;
            message.ExtractResponse()?.Dispose(); // nobody will read it, and its connection must not hang on it
            throw new ModelException(ModelErrors.BadAnswer, $"The service answered with {type} instead of JSON or events.")
            {
                Status = response.Status,
            };
        }
    }
}
