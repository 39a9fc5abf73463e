using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Colloquy.FakeModel;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;
using OpenAI.Models;

namespace Colloquy.Tests.OpenAi;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record Answer(int Status, string Text, HttpResponseHeaders Headers)
{
    public JsonElement Json => JsonElement.Parse(Text);

    public JsonElement Error => Json.GetProperty("error");

    /// <summary>The data of a stream's events, in order.</summary>
    public IReadOnlyList<string> Events =>
        [.. Text.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line[6..])];

    public IReadOnlyList<JsonElement> Chunks =>
        [.. Events.Where(data => data != "[DONE]").Select(data => JsonElement.Parse(data))];

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}

/// <summary>A tenant of its own for one test, with OpenAI's client and without it.</summary>
internal sealed class OpenAiTenant(Uri root, string key) : IDisposable
{
    /// <summary>An agent that ships.</summary>
    public const string Agent = "medical-specialist";

    private readonly HttpClient _http = new()
    {
        BaseAddress = root, DefaultRequestHeaders = { { "Authorization", $"Bearer {key}" } },
    };

    public static async Task<OpenAiTenant> New(ApiHost host, params string[] roles)
    {
        var made = await host.NewKey(await host.NewTenant(), roles.Length > 0 ? roles : ["user", "admin"]);
        return new(host.Root, (string)made["key"]!);
    }

    public ChatClient Chat(string model = Agent, string? otherKey = null) =>
        new(model, new ApiKeyCredential(otherKey ?? key), Options());

    public EmbeddingClient Embeddings(string model) => new(model, new ApiKeyCredential(key), Options());

    public OpenAIModelClient Models(string? otherKey = null) => new(new ApiKeyCredential(otherKey ?? key), Options());

    public Task<Answer> Get(string path) => Send(new(HttpMethod.Get, path));

    public Task<Answer> Post(string path, string body, string? operation = null) =>
        Send(Request(HttpMethod.Post, path, body, operation));

    public Task<Answer> Put(string path, string body) => Send(Request(HttpMethod.Put, path, body, null));

    /// <summary>Asks for a completion of one message; members are what else the request has.</summary>
    public Task<Answer> Ask(string message, string members = "", string? operation = null, string agent = Agent) =>
        Post("/v1/chat/completions", BodyOf(message, members, agent), operation);

    /// <summary>Begins a completion and answers its headers; the rest is read from the response.</summary>
    public Task<HttpResponseMessage> Begin(string message, string members, string? operation, CancellationToken left) =>
        _http.SendAsync(
            Request(HttpMethod.Post, "/v1/chat/completions", BodyOf(message, members, Agent), operation),
            HttpCompletionOption.ResponseHeadersRead, left);

    public void Dispose() => _http.Dispose();

    /// <summary>Holds a body against OpenAI's published schema, which knows nothing of our own member.</summary>
    public static void IsValid(string schema, string json) => Assert.Equal("", string.Join('\n',
        OpenAiSchema.Check(schema, json).Where(wrong => !wrong.EndsWith(".colloquy is unknown", StringComparison.Ordinal))));

    /// <summary>Holds an error against OpenAI's shape and what a client reads of it.</summary>
    public static void IsError(Answer answer, int status, string type, string? code, string? parameter = null)
    {
        IsValid("ErrorResponse", answer.Text);
        Assert.Equal((status, type, code, parameter), (answer.Status, answer.Error.GetProperty("type").GetString(),
            answer.Error.GetProperty("code").GetString(), answer.Error.GetProperty("param").GetString()));
        Assert.NotNull(answer.Header("x-request-id"));
    }

    private static string BodyOf(string message, string members, string agent)
    {
        var (content, others) = (JsonSerializer.Serialize(message), members.Length > 0 ? $",{members}" : "");
        return $$"""{"model":"{{agent}}","messages":[{"role":"user","content":{{content}}}]{{others}}}""";
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string body, string? operation)
    {
        var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.ExpectContinue = body.Length > 1_000_000; // who is refused without being read cannot be heard otherwise
        if (operation is not null)
            request.Headers.Add("Idempotency-Key", operation);
        return request;
    }

    private async Task<Answer> Send(HttpRequestMessage request)
    {
        using var sent = request;
        using var response = await _http.SendAsync(sent);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers);
    }

    private OpenAIClientOptions Options() => new() { Endpoint = new Uri(root, "v1"), RetryPolicy = new ClientRetryPolicy(0) };
}
