using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Colloquy.Clusters;

/// <summary>A client as clients should be: it repeats with its key until it is answered, and resumes streams where they broke.</summary>
internal sealed class Caller : IDisposable
{
    /// <summary>A pause between attempts: the server is being killed, and an attempt a millisecond would be a load test.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly HttpClient _http;
    private int _keys;

    /// <param name="timeout">Of one attempt; 20 seconds where nothing else is said.</param>
    public Caller(Uri root, string key, TimeSpan? timeout = null)
    {
        _http = new() { BaseAddress = root, Timeout = timeout ?? TimeSpan.FromSeconds(20) };
        _http.DefaultRequestHeaders.Authorization = new("Bearer", key);
    }

    public async Task<string> Begin(string agent) => (string)(await Post("/v1/sessions", new { agent }))["id"]!;

    /// <summary>Sends a message until it is acknowledged, and answers the run.</summary>
    public async Task<string> Send(string session, string content) =>
        (string)(await Post($"/v1/sessions/{session}/messages", new { content, onBusy = "enqueue" }))["runId"]!;

    public async Task<JsonNode> Get(string path) => await Repeat(() => new(HttpMethod.Get, path));

    /// <summary>Asks once, and answers the status.</summary>
    public async Task<HttpStatusCode> Status(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await _http.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>The lines of a session's export.</summary>
    public async Task<IReadOnlyList<JsonNode>> Export(string session)
    {
        var text = await _http.GetStringAsync($"/v1/sessions/{session}/export");
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    /// <summary>Follows a run to its end, however often the stream breaks.</summary>
    /// <param name="seen">Told of every event, before the next is read.</param>
    /// <param name="limit">How long it may take; 90 seconds where nothing else is said.</param>
    public async Task<WatchedRun> Follow(string run, Func<SseItem<string>, Task>? seen = null, TimeSpan? limit = null)
    {
        var watched = new WatchedRun(run);
        using var patience = new CancellationTokenSource(limit ?? Patience);
        while (!watched.HasEnded)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/runs/{run}/events");
                request.Headers.Accept.Add(new("text/event-stream"));
                if (watched.Cursor is { } cursor)
                    request.Headers.TryAddWithoutValidation("Last-Event-ID", cursor);
                using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
                if (response.StatusCode < HttpStatusCode.InternalServerError && !response.IsSuccessStatusCode)
                    Assert.Fail($"{run}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
                if (response.IsSuccessStatusCode)
                    await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync(patience.Token))
                    {
                        watched.Take(item);
                        await (seen?.Invoke(item) ?? Task.CompletedTask);
                    }
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException)
            {
                watched.Broken();
            }
            if (!watched.HasEnded)
                await Task.Delay(Pause, patience.Token);
        }
        return watched;
    }

    public Task<JsonNode> Post(string path, object body) => Post(path, () => JsonContent.Create(body));

    /// <summary>Sends a body until it is acknowledged, under one key.</summary>
    public Task<JsonNode> Post(string path, Func<HttpContent> body)
    {
        var key = $"k{Interlocked.Increment(ref _keys)}-{Guid.NewGuid():N}";
        return Repeat(() =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body() };
            request.Headers.Add("Idempotency-Key", key);
            return request;
        });
    }

    private async Task<JsonNode> Repeat(Func<HttpRequestMessage> make)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var request = make();
                using var response = await _http.SendAsync(request, patience.Token);
                if (response.StatusCode < HttpStatusCode.InternalServerError)
                {
                    var text = await response.Content.ReadAsStringAsync(patience.Token);
                    return response.IsSuccessStatusCode ? JsonNode.Parse(text)!
                        : throw new InvalidOperationException($"{request.RequestUri}: {response.StatusCode} {text}");
                }
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or TaskCanceledException
                && !patience.IsCancellationRequested)
            {
                // killed in the middle of it: the same request again
            }
            await Task.Delay(Pause, patience.Token);
        }
    }

    public void Dispose() => _http.Dispose();
}
