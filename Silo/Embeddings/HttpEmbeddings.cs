using System.Net.Http.Headers;
using System.Text.Json;
using Colloquy.Models;
using Colloquy.Models.OpenAi;

namespace Colloquy.Embeddings;

/// <summary>Asks Hugging Face or a Text Embeddings Inference server: the same question at another address.</summary>
/// <param name="address">Where a batch is posted.</param>
internal sealed class HttpEmbeddings(HttpClient http, string provider, Uri address, string? key, TimeProvider clock)
    : IEmbeddingService
{
    public string Provider => provider;

    /// <summary>What a server takes unless it is told otherwise.</summary>
    public int TextsMax => 32;

    /// <summary>What a server takes unless it is told otherwise (<c>--max-batch-tokens</c>).</summary>
    public int TokensMax => 16_384;

    public static HttpEmbeddings HuggingFace(HttpClient http, OpenAiOptions options, string model, TimeProvider clock) =>
        new(http, "huggingface", Below(options.BaseUrl, $"models/{model}/pipeline/feature-extraction"), options.ApiKey, clock);

    public static HttpEmbeddings Tei(HttpClient http, OpenAiOptions options, TimeProvider clock) =>
        new(http, "tei", Below(options.BaseUrl, "embed"), options.ApiKey, clock);

    public async Task<ServiceVectors> Ask(IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { inputs = texts, normalize = true, truncate = true })),
        };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Accept.Add(new("application/json"));
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (!response.IsSuccessStatusCode)
            throw await HttpRefusal.Read(response, clock, cancellation);
        var type = response.Content.Headers.ContentType?.MediaType;
        if (type is not "application/json")
            throw new ModelException(ModelErrors.BadAnswer, $"The service answered with {type ?? "no content type"} instead of JSON.");
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancellation);
        return new(VectorJson.Read(json.RootElement, texts.Count));
    }

    private static Uri Below(Uri root, string path) => new($"{root.AbsoluteUri.TrimEnd('/')}/{path}");
}
