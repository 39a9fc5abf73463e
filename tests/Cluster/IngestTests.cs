using System.Diagnostics.CodeAnalysis;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Colloquy.Clusters;

/// <summary>Many documents into one collection, of a server that is killed meanwhile. COLLOQUY_INGEST says how many; 10,000 where
/// it says nothing.</summary>
public sealed class IngestTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Key = "operator-key-of-the-cluster-tests";
    private const string Lib = "/v1/knowledge/collections/lib";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    /// <summary>Parts of the whole after which the server is killed.</summary>
    private static readonly double[] Kills = [0.2, 0.6];

    private readonly string _data = Directory.CreateTempSubdirectory("colloquy-ingest-").FullName;
    private readonly Uri _root = new($"http://127.0.0.1:{ServerProcess.FreePort()}");
    private readonly Shelf _shelf = new(int.Parse(
        Environment.GetEnvironmentVariable("COLLOQUY_INGEST") ?? "10000", CultureInfo.InvariantCulture));
    private ServerProcess _server = null!;
    private Caller _caller = null!;

    public async Task InitializeAsync()
    {
        _server = new("Colloquy.Api.dll", new()
        {
            ["COLLOQUY_BOOTSTRAP_KEY"] = Key, ["COLLOQUY_DATA"] = _data, ["COLLOQUY_URLS"] = _root.ToString(),
        });
        _caller = new(_root, Key);
        await _server.Start();
        await Create();
    }

    public Task DisposeAsync()
    {
        _caller.Dispose();
        _server.Dispose();
        Directory.Delete(_data, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Killed_twice_in_the_middle_an_ingest_ends_with_each_chunk_once()
    {
        var time = Stopwatch.StartNew();
        var run = await Upload();
        var (uploaded, events) = (time.Elapsed, new List<JsonNode>());
        var strikes = new List<(TimeSpan Killed, TimeSpan Up, int Events, TimeSpan Resumed)>();
        var watched = await _caller.Follow(run, async item =>
        {
            if (item.EventType is "stream.opened" || item.EventId is not { Length: > 0 })
                return;
            var data = JsonNode.Parse(item.Data)!;
            events.Add(data);
            if (item.EventType is not "ingest.progress")
                return;
            if (strikes.Count > 0 && strikes[^1] is { Resumed.Ticks: 0 } last && Epoch(data) > Epoch(events[last.Events - 1]))
                strikes[^1] = last with { Resumed = time.Elapsed - last.Up };
            if (strikes.Count < Kills.Length && (int)data["done"]! >= Kills[strikes.Count] * _shelf.Documents)
            {
                var killed = time.Elapsed;
                await _server.Kill();
                await _server.Start();
                strikes.Add((killed, time.Elapsed, events.Count, default));
            }
        }, Limit);
        var took = time.Elapsed - uploaded;

        Assert.True(watched.End == "run.completed", $"{watched.End} {watched.Why}");
        CheckEvents(watched, events);
        Assert.All(strikes, strike => Assert.True(strike.Resumed > TimeSpan.Zero, "Nothing was left to do after this kill."));
        await CheckSequence(run, events);
        await CheckCollection();
        CheckIndex();
        await CheckRepeat();
        await CheckDeletion();
        output.WriteLine(
            $"{_shelf.Documents} documents, {_shelf.Chunks} chunks: taken over in {uploaded.TotalSeconds:F1} s, ingested in "
            + $"{took.TotalSeconds:F1} s with {strikes.Count} kills ({_shelf.Documents / took.TotalSeconds:F0} documents/s), all in "
            + $"{time.Elapsed.TotalSeconds:F1} s; from ready to the next progress "
            + string.Join(" and ", strikes.Select(strike => $"{strike.Resumed.TotalSeconds:F1} s"))
            + "; from kill to it " + string.Join(" and ",
                strikes.Select(strike => $"{(strike.Up - strike.Killed + strike.Resumed).TotalSeconds:F1} s")));
    }

    private async Task<string> Upload() => (string)(await _caller.Post($"{Lib}/documents", _shelf.ToContent))["runId"]!;

    private Task Create() => _caller.Post("/v1/knowledge/collections", new { id = "lib", name = "Library", domain = "medicine" });

    private void CheckEvents(WatchedRun watched, List<JsonNode> events)
    {
        Assert.Empty(watched.Faults);
        Assert.True(watched.Breaks >= Kills.Length, $"{watched.Breaks} broken streams.");
        var first = (long)events[0]["seq"]!;
        Assert.Equal(Enumerable.Range(0, events.Count).Select(at => first + at), events.Select(one => (long)one["seq"]!));
        Assert.Equal(["run.accepted", "run.started"], events.Take(2).Select(Type));
        Assert.Equal("run.completed", Type(events[^1]));
        var progress = events.Skip(2).SkipLast(1).ToList();
        Assert.All(progress, one => Assert.Equal("ingest.progress", Type(one)));
        Assert.True(progress.Count >= 10, $"{progress.Count} events of progress show little.");
        Assert.Equal(progress.Select(one => (int)one["done"]!).Distinct().Order(), progress.Select(one => (int)one["done"]!));
        Assert.All(progress, one => Assert.Equal(_shelf.Documents, (int)one["total"]!));
        // Each life of the server has come further, and each has gone on where the one before had come to.
        Assert.Equal(Kills.Length + 1, progress.Select(Epoch).Distinct().Count());
        Assert.Equal(progress.Select(Epoch).Order(), progress.Select(Epoch));
        Assert.Equal((_shelf.Documents, 0, 0, _shelf.Chunks), Counts(progress[^1]));
    }

    /// <summary>Whoever comes later sees the same events, and there is nothing behind the end.</summary>
    private async Task CheckSequence(string run, List<JsonNode> events)
    {
        var again = new List<JsonNode>();
        await _caller.Follow(run, item =>
        {
            if (item.EventType is not "stream.opened" && item.EventId is { Length: > 0 })
                again.Add(JsonNode.Parse(item.Data)!);
            return Task.CompletedTask;
        });
        Assert.Equal(events.Select(one => one.ToJsonString()), again.Select(one => one.ToJsonString()));
        var view = await _caller.Get($"/v1/runs/{run}");
        Assert.Equal("completed", (string)view["status"]!);
        Assert.Equal((_shelf.Documents, 0, 0, _shelf.Chunks), Counts(view["progress"]!));
        Assert.Equal(_shelf.Documents, (int)view["progress"]!["total"]!);
    }

    private async Task CheckCollection()
    {
        var view = await _caller.Get(Lib);
        Assert.Equal((_shelf.Documents, _shelf.Chunks), ((int)view["documents"]!, (long)view["chunks"]!));
        int[] numbers = [0, .. Kills.Select(part => (int)(part * _shelf.Documents)), _shelf.Documents - 1];
        foreach (var number in numbers)
        {
            var word = Shelf.WordOf(number);
            var found = (await _caller.Post("/v1/knowledge/search", new { query = word, collections = new[] { "lib" }, limit = 50 }))
                ["items"]!.AsArray();
            var one = Assert.Single(found, item => ((string)item!["text"]!).Contains(word, StringComparison.Ordinal))!;
            Assert.Equal($"lib:{Shelf.IdOf(number)}", (string)one["documentId"]!);
            Assert.Same(found[0], one);
        }
    }

    /// <summary>What a collection says is counted by its documents; this is what searches go through.</summary>
    private void CheckIndex()
    {
        using var file = new SqliteConnection($"Data Source={Path.Combine(_data, "knowledge.db")};Mode=ReadOnly;Pooling=False");
        file.Open();
        Assert.Equal(_shelf.Documents, Count("passage_document"));
        Assert.Equal(_shelf.Chunks, Count("chunk"));
        Assert.Equal(_shelf.Chunks, Count("(SELECT DISTINCT document, start FROM chunk)"));
        Assert.Equal(_shelf.Chunks, Count("vector"));
        Assert.Equal(_shelf.Chunks, Count("word"));

        [SuppressMessage("Security", "CA2100", Justification = "Every text is a constant of this method.")]
        long Count(string rows)
        {
            using var command = file.CreateCommand();
            command.CommandText = $"SELECT COUNT(*) FROM {rows}";
            return (long)command.ExecuteScalar()!;
        }
    }

    private async Task CheckRepeat()
    {
        var run = await Upload(); // under a key of its own: another run over the same documents
        var progress = default(JsonNode);
        var watched = await _caller.Follow(run, item =>
        {
            progress = item.EventType is "ingest.progress" ? JsonNode.Parse(item.Data) : progress;
            return Task.CompletedTask;
        }, Limit);
        Assert.Equal("run.completed", watched.End);
        Assert.Equal((_shelf.Documents, _shelf.Documents, 0, 0L), Counts(progress!));
        await CheckCollection();
        CheckIndex();
    }

    private async Task CheckDeletion()
    {
        var search = new { query = Shelf.WordOf(0), collections = new[] { "lib" }, limit = 50 };
        Assert.Equal(HttpStatusCode.NoContent, await _caller.Status(HttpMethod.Delete, Lib));
        Assert.Equal(HttpStatusCode.NotFound, await _caller.Status(HttpMethod.Get, Lib));
        Assert.Equal(HttpStatusCode.NotFound, await _caller.Status(HttpMethod.Get, $"/v1/knowledge/documents/lib:{Shelf.IdOf(0)}"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await _caller.Status(HttpMethod.Post, "/v1/knowledge/search", search));
        await Create(); // under the same name, so that whatever was left would be found
        var view = await _caller.Get(Lib);
        Assert.Equal((0, 0), ((int)view["documents"]!, (int)view["chunks"]!));
        Assert.Empty((await _caller.Post("/v1/knowledge/search", search))["items"]!.AsArray());
    }

    private static string Type(JsonNode one) => (string)one["type"]!;

    private static long Epoch(JsonNode one) => (long?)one["epoch"] ?? 0;

    private static (int Done, int Skipped, int Failed, long Chunks) Counts(JsonNode one) =>
        ((int)one["done"]!, (int)one["skipped"]!, (int)one["failed"]!, (long)one["chunks"]!);
}
