using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Colloquy.Tests.Embeddings;

/// <summary>A server that speaks the protocols of Text Embeddings Inference and of Hugging Face over real HTTP.</summary>
internal sealed class VectorServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, IReadOnlyList<string>, Task>> _scripts = new();
    private readonly ConcurrentQueue<Asked> _asked = new();
    private readonly SemaphoreSlim _arrived = new(0);

    private VectorServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    public IReadOnlyList<Asked> Requests => [.. _asked];

    /// <summary>Texts of a batch at most, as a server that is started with <c>--max-client-batch-size</c>; more is 413.</summary>
    public int BatchMax { get; set; } = 32;

    public int Dimensions { get; set; } = 4;

    public static async Task<VectorServer> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new VectorServer(app);
        app.Run(server.Answer);
        await app.StartAsync();
        return server;
    }

    /// <summary>Answers the next request with a status and a body.</summary>
    public void Enqueue(int status, string body, string type = "application/json", params (string Name, string Value)[] headers) =>
        _scripts.Enqueue((http, _) =>
        {
            foreach (var (name, value) in headers)
                http.Response.Headers[name] = value;
            return Send(http, status, body, type);
        });

    /// <summary>Leaves the next request without an answer until its caller leaves.</summary>
    public void Stall() => _scripts.Enqueue(async (http, _) => await Task.Delay(Timeout.Infinite, http.RequestAborted));

    /// <summary>Holds the next request until the task completes, then answers it well.</summary>
    public void Hold(Task until) => _scripts.Enqueue(async (http, inputs) =>
    {
        await until;
        await Well(http, inputs);
    });

    public async Task Requested() => Assert.True(await _arrived.WaitAsync(TimeSpan.FromSeconds(30)), "No request came.");

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task Answer(HttpContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        List<string> inputs = [.. body.RootElement.GetProperty("inputs").EnumerateArray().Select(text => text.GetString()!)];
        _asked.Enqueue(new(http.Request.Path, http.Request.Headers.Authorization, inputs, body.RootElement.GetRawText()));
        _arrived.Release();
        try
        {
            if (_scripts.TryDequeue(out var script))
                await script(http, inputs);
            else if (inputs.Count > BatchMax)
                await Send(http, 413, $$"""{"error":"batch size {{inputs.Count}} > maximum {{BatchMax}}","error_type":"Validation"}""");
            else
                await Well(http, inputs);
        }
        catch (OperationCanceledException)
        {
            http.Abort(); // the caller has left
        }
    }

    // Not of length 1, as a model without normalization would answer.
    private Task Well(HttpContext http, IReadOnlyList<string> inputs) => Send(http, 200, JsonSerializer.Serialize(inputs.Select(text =>
        Enumerable.Range(1, Dimensions).Select(at => (float)(text.Length + at)))));

    private static Task Send(HttpContext http, int status, string body, string type = "application/json")
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        return http.Response.WriteAsync(body);
    }

    internal sealed record Asked(string Path, string? Authorization, IReadOnlyList<string> Inputs, string Body);
}
