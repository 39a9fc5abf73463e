using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Colloquy.Tests;

/// <summary>One event as it came over the wire.</summary>
internal sealed record SseEvent(string Type, string? Id, JsonNode Data);

/// <summary>Reads an event stream as a client does.</summary>
internal sealed class SseReader : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _items;
    private readonly CancellationTokenSource _left = new();

    private SseReader(HttpResponseMessage response, Stream stream)
    {
        _response = response;
        _items = SseParser.Create(stream).EnumerateAsync(_left.Token).GetAsyncEnumerator();
    }

    public HttpResponseMessage Response => _response;

    public static Task<SseReader> Open(HttpClient client, string path, string? lastEventId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        return Open(client, request);
    }

    public static async Task<SseReader> Open(HttpClient client, HttpRequestMessage request)
    {
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
        return new(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event, or null at the end.</summary>
    public async Task<SseEvent?> Next()
    {
        if (!await _items.MoveNextAsync().AsTask().WaitAsync(Patience))
            return null;
        var item = _items.Current;
        return new(item.EventType, item.EventId, JsonNode.Parse(item.Data)!);
    }

    /// <summary>Reads on to the next event of this type.</summary>
    public async Task<SseEvent> To(string type)
    {
        while (await Next() is { } next)
        {
            if (next.Type == type)
                return next;
        }
        throw new InvalidOperationException($"The stream ended before {type}.");
    }

    /// <summary>All events up to the end.</summary>
    public async Task<List<SseEvent>> ToEnd()
    {
        var events = new List<SseEvent>();
        while (await Next() is { } next)
            events.Add(next);
        return events;
    }

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        _response.Dispose();
        _left.Dispose();
    }
}
