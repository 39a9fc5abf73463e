using Colloquy.Knowledge;
using Colloquy.Storage;

namespace Colloquy.Tests.Knowledge;

public sealed class SqliteDocumentStoreTests : DocumentStoreContract
{
    private readonly TempDirectory _directory = new();
    private SqliteDatabase? _database;

    [Fact]
    public async Task Nothing_that_was_replaced_or_removed_stays_in_the_file()
    {
        var store = await Open();
        var document = new StoredDocument(
            "a", "A", "text/plain", "hash", "text", 4, 1, 1, DocumentFields.None, DateTimeOffset.UnixEpoch);
        var upload = new DocumentUpload("a", null, "text/plain", [1], DocumentFields.None);
        await store.Put("acme", "notes", [document, document with { Id = "b" }], default);
        await store.Put("acme", "notes", [document], default);
        await store.Remove("acme", "notes", "a", default);
        await store.Drop("acme", "notes", default);
        await store.Stage("acme", "ing_1", 0, [upload, upload], default);
        await store.Stage("acme", "ing_1", 0, [upload], default);
        await store.Unstage("acme", "ing_1", default);

        foreach (var table in (string[])["source", "source_text", "upload", "upload_body"])
            Assert.Equal(0L, await _database!.Read(session => session.Find($"SELECT count(*) FROM {table}"), default));
    }

    protected override Task<IDocumentStore> Open()
    {
        _database?.Dispose();
        _database = new SqliteDatabase(new StorageOptions { DataDirectory = _directory.Path }, SqliteFile.Knowledge);
        return Task.FromResult<IDocumentStore>(new SqliteDocumentStore(_database));
    }

    protected override Task Close()
    {
        _database?.Dispose();
        _directory.Dispose();
        return Task.CompletedTask;
    }
}
