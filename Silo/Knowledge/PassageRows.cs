using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Colloquy.Storage;

namespace Colloquy.Knowledge;

/// <summary>Writes the rows of one scope. Each method is part of one transaction, which the caller's command is.</summary>
internal sealed class PassageRows(SqliteSession session, ScopeRow scope)
{
    /// <summary>The scope as it has become.</summary>
    public ScopeRow Scope { get; private set; } = scope;

    /// <summary>Chunks that were removed.</summary>
    public int Removed { get; private set; }

    /// <summary>Puts a document in the place of the one with its id. Nothing, if it is the same.</summary>
    public void Replace(PreparedDocument document)
    {
        if (FindHash(document.Id) is { } hash && hash.AsSpan().SequenceEqual(document.Hash))
            return;
        Remove(document.Id);
        if (document.Chunks.Count == 0)
            return;
        var id = Insert(document);
        foreach (var tag in document.Fields.Tags ?? ImmutableSortedDictionary<string, string>.Empty)
            session.Execute("INSERT INTO passage_tag VALUES (@document, @pair)",
                ("@document", id), ("@pair", PassageFilter.Pair(tag)));
        for (var number = 0; number < document.Chunks.Count; number++)
            Insert(document, id, number);
        Scope = Scope with
        {
            Version = Scope.Version + 1,
            Slot = Scope.Slot + document.Chunks.Count,
            Chunks = Scope.Chunks + document.Chunks.Count,
            Length = Scope.Length + document.Length,
        };
    }

    /// <summary>Removes a document. Nothing, if there is none.</summary>
    public void Remove(string name)
    {
        long id, first, chunks, length;
        using (var row = session.Query(
            "SELECT id, first, chunks, length FROM passage_document WHERE scope = @scope AND name = @name",
            ("@scope", Scope.Id), ("@name", name)))
        {
            if (!row.Read())
                return;
            (id, first, chunks, length) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
        }

        Remove(session, Scope.IdOf(first), Scope.IdOf(first + chunks));
        session.Execute("DELETE FROM passage_tag WHERE document = @id", ("@id", id));
        session.Execute("DELETE FROM passage_document WHERE id = @id", ("@id", id));
        Removed += (int)chunks;
        Scope = Scope with { Version = Scope.Version + 1, Chunks = Scope.Chunks - chunks, Length = Scope.Length - length };
    }

    /// <summary>Removes chunks with their words and vectors by their ids.</summary>
    public static int Remove(SqliteSession session, long from, long to)
    {
        (string, object?)[] range = [("@from", from), ("@to", to)];
        session.Execute("DELETE FROM word WHERE rowid >= @from AND rowid < @to", range);
        session.Execute("DELETE FROM vector WHERE id >= @from AND id < @to", range);
        return session.Execute("DELETE FROM chunk WHERE id >= @from AND id < @to", range);
    }

    private byte[]? FindHash(string name) => (byte[]?)session.Find(
        "SELECT hash FROM passage_document WHERE scope = @scope AND name = @name", ("@scope", Scope.Id), ("@name", name));

    private long Insert(PreparedDocument document)
    {
        var fields = document.Fields;
        return (long)session.Find(
            """
            INSERT INTO passage_document (scope, name, title, fields, hash, first, chunks, length, retracted, evidence,
                population, jurisdiction, language, published)
            VALUES (@scope, @name, @title, @fields, @hash, @first, @chunks, @length, @retracted, @evidence, @population,
                @jurisdiction, @language, @published)
            RETURNING id
            """,
            ("@scope", Scope.Id), ("@name", document.Id), ("@title", document.Title),
            ("@fields", JsonSerializer.Serialize(fields, StateJson.Options)), ("@hash", document.Hash), ("@first", Scope.Slot),
            ("@chunks", document.Chunks.Count), ("@length", document.Length), ("@retracted", fields.IsRetracted ? 1 : 0),
            ("@evidence", fields.EvidenceLevel), ("@population", fields.Population), ("@jurisdiction", fields.Jurisdiction),
            ("@language", fields.Language), ("@published", fields.PublishedOn?.DayNumber))!;
    }

    private void Insert(PreparedDocument document, long id, int number)
    {
        var chunk = document.Chunks[number];
        var at = Scope.IdOf(Scope.Slot + number);
        session.Execute("INSERT INTO chunk VALUES (@id, @document, @number, @heading, @start, @text)", ("@id", at),
            ("@document", id), ("@number", number), ("@heading", chunk.Heading), ("@start", chunk.Start), ("@text", chunk.Text));
        session.Execute("INSERT INTO vector VALUES (@id, @length, @vector)", ("@id", at), ("@length", chunk.Length),
            ("@vector", MemoryMarshal.AsBytes(chunk.Vector.AsSpan()).ToArray()));
        // Title and heading stand there as often as they weigh: then a place is a place, and no search asks where it is.
        var words = Enumerable.Repeat(document.TitleWords.Concat(chunk.HeadingWords), WordSearch.TitleWeight)
            .SelectMany(all => all).Concat(chunk.TextWords).Select(Scope.Term);
        session.Execute("INSERT INTO word (rowid, words) VALUES (@id, @words)", ("@id", at), ("@words", string.Join(' ', words)));
    }
}
