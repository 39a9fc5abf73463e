using System.Collections.Immutable;
using Colloquy.Storage;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Colloquy.Tests.Storage;

public sealed class SqliteGrainStorageTests : IDisposable
{
    private static readonly GrainId Grain = GrainId.Create("tenant", "acme/1");

    private readonly TempDirectory _directory = new();
    private SqliteDatabase _database;
    private SqliteGrainStorage _storage;

    public SqliteGrainStorageTests() => (_database, _storage) = Open();

    [Fact]
    public async Task A_document_that_was_never_written_is_a_new_one()
    {
        var read = await Read<Document>();

        Assert.Equal((null, false), (read.ETag, read.RecordExists));
        Assert.Equal(new Document(), read.State);
    }

    [Fact]
    public async Task What_was_written_is_read_after_a_restart()
    {
        var written = await Read<Document>();
        var since = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.FromHours(2));
        written.State = new Document { Name = "Añ", Plan = Plan.FreeOfCharge, Since = since };
        await _storage.WriteStateAsync("tenant", Grain, written);
        Restart();

        var read = await Read<Document>();

        Assert.Equal((written.State, written.ETag, true), (read.State, read.ETag, read.RecordExists));
    }

    [Fact]
    public async Task The_second_of_two_writers_is_refused_and_changes_nothing()
    {
        var (first, second) = (await Read<Document>(), await Read<Document>());
        first.State = new Document { Name = "first" };
        second.State = new Document { Name = "second" };
        await _storage.WriteStateAsync("tenant", Grain, first);

        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.WriteStateAsync("tenant", Grain, second));

        Assert.Null(second.ETag);
        Assert.Equal("first", (await Read<Document>()).State!.Name);
    }

    [Fact]
    public async Task A_stale_writer_is_refused_even_after_the_document_was_cleared_and_written_anew()
    {
        var stale = await Read<Document>();
        await _storage.WriteStateAsync("tenant", Grain, stale);
        var current = await Read<Document>();
        await _storage.ClearStateAsync("tenant", Grain, current);
        Assert.False(current.RecordExists);
        await _storage.WriteStateAsync("tenant", Grain, current);

        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.WriteStateAsync("tenant", Grain, stale));
        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.ClearStateAsync("tenant", Grain, stale));
    }

    [Fact]
    public async Task Clearing_what_was_never_written_is_nothing()
    {
        var state = await Read<Document>();

        await _storage.ClearStateAsync("tenant", Grain, state);

        Assert.Null((await Read<Document>()).ETag);
    }

    [Fact]
    public async Task Documents_of_one_grain_are_apart()
    {
        var state = await Read<Document>();
        await _storage.WriteStateAsync("tenant", Grain, state);
        var other = new GrainState<Document>();

        await _storage.ReadStateAsync("keys", Grain, other);

        Assert.False(other.RecordExists);
    }

    [Fact]
    public async Task Names_are_camel_case_enums_are_words_and_members_of_a_newer_release_are_skipped()
    {
        var written = await Read<Newer>();
        written.State = new Newer { Name = "n", Plan = Plan.FreeOfCharge, Tags = ["a"] };
        await _storage.WriteStateAsync("tenant", Grain, written);

        var body = await _database.Read(session => (string)session.Find("SELECT body FROM document")!, default);

        Assert.Equal("""{"tags":["a"],"name":"n","plan":"freeOfCharge"}""", body);
        Assert.Equal(new Document { Name = "n", Plan = Plan.FreeOfCharge }, (await Read<Document>()).State);
    }

    public void Dispose()
    {
        _database.Dispose();
        _directory.Dispose();
    }

    private async Task<GrainState<T>> Read<T>()
    {
        var state = new GrainState<T>();
        await _storage.ReadStateAsync("tenant", Grain, state);
        return state;
    }

    private void Restart()
    {
        _database.Dispose();
        (_database, _storage) = Open();
    }

    private (SqliteDatabase Database, SqliteGrainStorage Storage) Open()
    {
        var database = new SqliteDatabase(new StorageOptions { DataDirectory = _directory.Path });
        return (database, new SqliteGrainStorage(database));
    }

    private enum Plan
    {
        Enterprise,
        FreeOfCharge,
    }

    private sealed record Document
    {
        public string Name { get; init; } = "";
        public Plan Plan { get; init; }
        public DateTimeOffset Since { get; init; }
    }

    private sealed record Newer
    {
        public ImmutableArray<string> Tags { get; init; } = [];
        public string Name { get; init; } = "";
        public Plan Plan { get; init; }
    }
}
