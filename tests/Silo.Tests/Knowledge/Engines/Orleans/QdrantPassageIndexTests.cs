using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Colloquy.Knowledge;
using Colloquy.Storage;
using Grpc.Core;
using Qdrant.Client.Grpc;

namespace Colloquy.Tests.Knowledge;

/// <summary>What Qdrant's index does beyond the contract of all indexes: how it asks, and what becomes of a Qdrant that fails.</summary>
public sealed class QdrantPassageIndexTests : IAsyncLifetime
{
    private static readonly IndexScope Ours = new("acme", "notes", 1, 3);

    private QdrantDouble _qdrant = null!;
    private QdrantConnection _connection = null!;
    private QdrantPassageIndex _index = null!;

    public async Task InitializeAsync()
    {
        _qdrant = await QdrantDouble.Start();
        (_connection, _index) = Open(batchMax: 4);
    }

    public async Task DisposeAsync()
    {
        _connection.Dispose();
        await _qdrant.DisposeAsync();
    }

    [Fact]
    public async Task Every_request_about_points_says_whose_they_are()
    {
        await _index.Replace(Ours, [Document("a", "one", "two"), Document("b", "three")], default);
        await _index.Search(Ours, Query("two", [1, 0, 0]) with { Filter = Everything }, default);
        await _index.Count(Ours, null, default);
        await _index.Count(Ours, "a", default);
        await _index.Remove(Ours, ["a"], default);
        await _index.Drop(Ours, default);

        var points = _qdrant.Requests.Where(request => request.Descriptor.Name.EndsWith("Points", StringComparison.Ordinal)).ToList();
        Assert.Equal(["CountPoints", "DeletePoints", "QueryPoints", "UpsertPoints"],
            points.Select(request => request.Descriptor.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.All(points, request => QdrantRequests.SayWhose(request, "acme", "notes", 1));
    }

    [Fact]
    public void Only_one_class_makes_filters() =>
        Assert.Equal(["QdrantScope.cs"], Directory.EnumerateFiles(Path.Combine(Root(), "Silo"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Regex.IsMatch(File.ReadAllText(file), @"new (Qdrant\.Client\.Grpc\.)?Filter\b|\bFilter [a-z]+ = new\("))
            .Select(Path.GetFileName));

    [Fact]
    public async Task Scopes_of_the_same_names_elsewhere_neither_see_nor_move_each_other()
    {
        IndexScope[] others = [Ours with { Tenant = "other" }, Ours with { Collection = "more" }, Ours with { Generation = 2 }];
        await _index.Replace(Ours, [Document("a", "heart failure")], default);
        var before = await _index.Search(Ours, Query("heart", [1, 0, 0]), default);
        foreach (var other in others)
            await _index.Replace(other, [.. Enumerable.Range(0, 9).Select(n => Document($"{(char)('a' + n)}", "heart attack"))], default);

        var after = await _index.Search(Ours, Query("heart", [1, 0, 0]), default);

        Assert.Equal(before.Words, after.Words); // also the scores: words are counted in the scope alone
        Assert.Equal(before.Vectors, after.Vectors);
        Assert.Equal("heart failure", Assert.Single(after.Words).Text);
        await _index.Drop(others[0], default);
        await _index.Remove(others[1], ["a"], default);
        Assert.Equal(1, await _index.Count(Ours, "a", default));
        Assert.Equal(0, await _index.Count(others[0], null, default));
        Assert.Equal(8, await _index.Count(others[1], null, default));
        Assert.Equal(9, await _index.Count(others[2], null, default));
    }

    [Fact]
    public async Task Words_are_scored_as_BM25_scores_them()
    {
        // Of the fixed average length, so that the two liberties of the sparse vectors make no difference.
        string[] texts = [.. new[] { "heart heart liver", "heart kidney", "kidney" }.Select(text => Padded(text))];
        await _index.Replace(Ours, [.. texts.Select((text, n) => Document($"{n}", text))], default);

        var found = (await _index.Search(Ours, Query("hearts kidney kidney", [0, 0, 0]), default)).Words;

        var expected = new Bm25(texts.Select(text => Words.Of($"Title {text}")))
            .Scores([("heart", 1), ("kidnei", 2)])
            .Select((score, n) => (Id: $"{n}", Score: score)).OrderByDescending(hit => hit.Score);
        Assert.Equal(expected.Select(hit => hit.Id), found.Select(hit => hit.DocumentId));
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First.Score, pair.Second.Score, tolerance: 1e-4));
    }

    [Fact]
    public async Task A_replacement_that_broke_off_between_writing_and_removing_is_finished_by_its_repeat()
    {
        await _index.Replace(Ours, [Document("a", "one", "two", "three")], default);
        _qdrant.Before = (request, _) => request is DeletePoints
            ? throw new RpcException(new Status(StatusCode.Unavailable, "killed")) : Task.CompletedTask;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _index.Replace(Ours, [Document("a", "four")], default));
        Assert.Equal(3, await _index.Count(Ours, "a", default));
        _qdrant.Before = (_, _) => Task.CompletedTask;

        await _index.Replace(Ours, [Document("a", "four")], default);
        await _index.Replace(Ours, [Document("a", "four")], default);

        Assert.Equal("four", Assert.Single(_qdrant.Points("colloquy-passages-3")).Payload["text"].StringValue);
    }

    [Fact]
    public async Task A_replacement_that_could_not_be_written_has_removed_nothing()
    {
        await _index.Replace(Ours, [Document("a", "one", "two", "three")], default);
        _qdrant.Before = (request, _) => request is UpsertPoints
            ? throw new RpcException(new Status(StatusCode.Unavailable, "killed")) : Task.CompletedTask;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => _index.Replace(Ours, [Document("a", "four")], default));

        Assert.Equal(3, await _index.Count(Ours, "a", default));
    }

    [Fact]
    public async Task Requests_are_bounded_and_wait_for_the_disk()
    {
        await _index.Replace(Ours, [Document("a", [.. Enumerable.Range(0, 10).Select(n => $"word{n}")])], default);

        Assert.Equal([4, 4, 2], _qdrant.Requests.OfType<UpsertPoints>().Select(request => request.Points.Count));
        Assert.All(_qdrant.Requests.OfType<UpsertPoints>(), request => Assert.True(request.Wait));
        Assert.Equal(10, await _index.Count(Ours, null, default));
    }

    [Fact]
    public async Task Silos_that_begin_together_make_one_collection()
    {
        var silos = Enumerable.Range(0, 4).Select(_ => Open()).ToList();

        await Task.WhenAll(silos.Select((silo, n) => silo.Index.Replace(Ours, [Document($"{n}", "text")], default)));

        Assert.Equal(["colloquy-passages-3"], _qdrant.Collections);
        Assert.Equal(4, await _index.Count(Ours, null, default));
        var collection = _qdrant.Collection("colloquy-passages-3");
        Assert.True(collection.Indexes["tenant"].FieldIndexParams.KeywordIndexParams.IsTenant);
        Assert.Equal(0u, collection.Made.HnswConfig.M);
        silos.ForEach(silo => silo.Connection.Dispose());
    }

    [Fact]
    public async Task A_collection_that_somebody_took_away_is_empty_and_made_again()
    {
        await _index.Replace(Ours, [Document("a", "text")], default);
        _qdrant.Forget("colloquy-passages-3");

        Assert.Equal(0, await _index.Count(Ours, null, default));
        Assert.Empty((await _index.Search(Ours, Query("text", [1, 0, 0]), default)).Vectors);
        await _index.Replace(Ours, [Document("a", "text")], default);

        Assert.Equal(1, await _index.Count(Ours, null, default));
    }

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.ResourceExhausted)]
    public async Task A_Qdrant_that_fails_is_a_store_that_is_unavailable(StatusCode code)
    {
        _qdrant.Before = (_, _) => throw new RpcException(new Status(code, "no"));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => _index.Count(Ours, null, default));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _index.Search(Ours, Query("text", [1, 0, 0]), default));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _index.Replace(Ours, [Document("a", "text")], default));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _index.Drop(Ours, default));
    }

    [Fact]
    public async Task A_Qdrant_that_hangs_is_given_up_after_the_deadline()
    {
        _qdrant.Before = (_, call) => Task.Delay(Timeout.Infinite, call);
        var (connection, index) = Open(callTimeout: TimeSpan.FromMilliseconds(50));

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => index.Count(Ours, null, default));

        Assert.Contains("DeadlineExceeded", failure.Message, StringComparison.Ordinal);
        connection.Dispose();
    }

    [Fact]
    public async Task A_caller_who_gives_up_sees_that_and_no_failure_of_the_store()
    {
        using var patience = new CancellationTokenSource();
        _qdrant.Before = async (_, call) =>
        {
            await patience.CancelAsync();
            await Task.Delay(Timeout.Infinite, call);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _index.Count(Ours, null, patience.Token));
    }

    [Fact]
    public async Task The_key_goes_with_every_call_and_a_wrong_one_is_said_to_be_wrong()
    {
        await using var locked = await QdrantDouble.Start("right");
        using var right = new QdrantConnection(new QdrantOptions { Address = locked.Address, ApiKey = "right" });
        using var wrong = new QdrantConnection(new QdrantOptions { Address = locked.Address, ApiKey = "wrong" });

        await right.Check(default);
        var refusal = await Assert.ThrowsAsync<StoreUnusableException>(() => wrong.Check(default));

        Assert.Contains("refuses the key", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vector_of_another_length_is_refused_before_it_is_sent()
    {
        var chunk = new IndexedChunk("", 0, "text", new float[] { 1, 0 });
        await Assert.ThrowsAsync<ArgumentException>(
            () => _index.Replace(Ours, [new IndexedDocument("a", "Title", DocumentFields.None, [chunk])], default));
        await Assert.ThrowsAsync<ArgumentException>(() => _index.Search(Ours, Query("text", [1]), default));
        Assert.Empty(_qdrant.Requests.OfType<UpsertPoints>());
    }

    private static KnowledgeFilter Everything => new("3", ["adults"], ["eu"], ["en"], new(2020, 1, 1), new(2030, 1, 1),
        ["notes:a"], IncludeRetracted: false, Tags: DocumentTags);

    private static ImmutableSortedDictionary<string, string> DocumentTags =>
        ImmutableSortedDictionary<string, string>.Empty.Add("ward", "7");

    private (QdrantConnection Connection, QdrantPassageIndex Index) Open(int batchMax = 64, TimeSpan? callTimeout = null)
    {
        var options = new QdrantOptions
        {
            Address = _qdrant.Address, BatchMax = batchMax, CallTimeout = callTimeout ?? TimeSpan.FromSeconds(30),
        };
        var connection = new QdrantConnection(options);
        return (connection, new QdrantPassageIndex(connection, options));
    }

    private static IndexQuery Query(string text, float[] vector) => new(text, vector, KnowledgeFilter.None, 10);

    private static IndexedDocument Document(string id, params string[] texts) => new(id, "Title", DocumentFields.None,
        [.. texts.Select((text, n) => new IndexedChunk("", n * 100, text, new float[] { 1 - (n % 2), n % 2, 0 }))]);

    private static string Padded(string text) => string.Join(' ',
        [text, .. Enumerable.Repeat("filler", (int)QdrantWords.AverageWords - 1 - text.Split(' ').Length)]);

    private static string Root([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(File.Exists(here) ? Path.GetDirectoryName(here)! : AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Orleans.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
