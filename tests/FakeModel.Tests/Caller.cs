using System.Net.Http.Json;
using System.Text;

namespace Colloquy.FakeModel.Tests;

/// <summary>A caller who writes the protocol by hand, to see exactly what is on the wire.</summary>
internal sealed class Caller(FakeModelServer model) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        // By itself the client reads on for two seconds when a stream is thrown away, before it hangs up.
        ResponseDrainTimeout = TimeSpan.Zero,
    })
    { BaseAddress = model.Root };

    public Task<HttpResponseMessage> Ask(string text, bool stream = false) => Post("v1/chat/completions", Question(text, stream));

    public async Task<JsonElement> Answer(string text) => await Read(await Ask(text));

    public async Task<string> Says(string text) =>
        (await Answer(text)).GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;

    /// <summary>The data of all events of a stream, with whatever ends it.</summary>
    public async Task<IReadOnlyList<string>> Events(string text) => await ReadEvents(await Ask(text, stream: true)).ToListAsync();

    public async Task<IReadOnlyList<JsonElement>> Chunks(string text) =>
    [
        .. (await Events(text)).Where(data => data is not "[DONE]").Select(data => JsonSerializer.Deserialize<JsonElement>(data)),
    ];

    // Headers first: the body comes when the model pleases.
    public Task<HttpResponseMessage> Post(string path, object body, CancellationToken left = default) => _http.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) },
        HttpCompletionOption.ResponseHeadersRead, left);

    public Task<HttpResponseMessage> PostText(string path, string body) => _http.PostAsync(path, new StringContent(body));

    public async Task<JsonElement> Get(string path) => await Read(await _http.GetAsync(path));

    public void Dispose() => _http.Dispose();

    public static object Question(string text, bool stream = false) => new
    {
        model = "fake-model",
        messages = new[] { new { role = "user", content = text } },
        stream,
        stream_options = stream ? new { include_usage = true } : null,
    };

    public static async Task<JsonElement> Read(HttpResponseMessage response) =>
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());

    public static async IAsyncEnumerable<string> ReadEvents(HttpResponseMessage response)
    {
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(), Encoding.UTF8);
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                yield return line["data: ".Length..];
            }
        }
    }

    /// <summary>The text of a stream's chunks.</summary>
    public static string TextOf(IEnumerable<JsonElement> chunks) => string.Concat(chunks
        .SelectMany(chunk => chunk.GetProperty("choices").EnumerateArray())
        .Select(choice => choice.GetProperty("delta").Text("content")));
}
