using System.Collections.Concurrent;
using System.Text;
using Colloquy.Storage;
using Microsoft.Data.Sqlite;

namespace Colloquy.Sessions;

/// <summary>The session list and its full text, in the SQLite file. Words go into the index folded, so that every store agrees
/// on what matches; a search is made of folded words in quotes, so that no syntax can come in with them.</summary>
internal sealed class SqliteSessionIndex(SqliteDatabase database) : ISessionIndex
{
    /// <summary>Where the words of the title are kept among those of the messages.</summary>
    private const string Title = "";

    private static readonly ConcurrentDictionary<int, string> Lists = new();

    public Task Put(SessionEntry entry, CancellationToken cancellation) => database.Write(session =>
    {
        session.Execute(
            """
            INSERT OR REPLACE INTO session_entry
            VALUES (@tenant, @session, @owner, @title, @agent, @preview, @created, @updated)
            """,
            ("@tenant", entry.Tenant), ("@session", entry.Session), ("@owner", entry.Owner), ("@title", entry.Title),
            ("@agent", entry.Agent), ("@preview", entry.Preview), ("@created", entry.CreatedAt.ToUnixTimeMilliseconds()),
            ("@updated", entry.UpdatedAt.ToUnixTimeMilliseconds()));
        return ReplaceWords(session, entry.Tenant, entry.Session, Title, entry.Title);
    }, cancellation);

    public Task AddText(string tenant, string session, string messageId, string text, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(messageId);
        return database.Write(writing => ReplaceWords(writing, tenant, session, messageId, text), cancellation);
    }

    public Task<IReadOnlyList<SessionEntry>> List(
        string tenant, string? words, SessionPosition? after, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var searched = words is null ? [] : SessionWords.OfSearch(words);
        if (words is not null && searched.Count == 0)
            return Task.FromResult<IReadOnlyList<SessionEntry>>([]);
        var values = new List<(string, object?)>
        {
            ("@tenant", tenant), ("@limit", limit), ("@session", after?.Session ?? ""),
            ("@at", (after?.UpdatedAt ?? DateTimeOffset.MaxValue).ToUnixTimeMilliseconds()),
        };
        for (var n = 0; n < searched.Count; n++)
            values.Add(($"@word{n}", Match(tenant, searched[n], isBeginning: n == searched.Count - 1)));
        return database.Read<IReadOnlyList<SessionEntry>>(session =>
        {
            using var rows = session.Query(Lists.GetOrAdd(searched.Count, ListSql), values.ToArray());
            var entries = new List<SessionEntry>();
            while (rows.Read())
                entries.Add(ToEntry(tenant, rows));
            return entries;
        }, cancellation);
    }

    public Task Remove(string tenant, string session, CancellationToken cancellation) => database.Write(writing =>
    {
        (string, object?)[] key = [("@tenant", tenant), ("@session", session)];
        writing.Execute(
            """
            INSERT INTO session_words (session_words, rowid, scope, words)
            SELECT 'delete', id, scope, words FROM session_text WHERE tenant = @tenant AND session = @session
            """, key);
        writing.Execute("DELETE FROM session_text WHERE tenant = @tenant AND session = @session", key);
        return writing.Execute("DELETE FROM session_entry WHERE tenant = @tenant AND session = @session", key);
    }, cancellation);

    private static string Match(string tenant, string word, bool isBeginning) =>
        $"scope : {ScopeOf(tenant)} AND words : \"{word}\"{(isBeginning ? "*" : "")}";

    private static string ListSql(int words) => new StringBuilder(
        """
        SELECT session, owner, title, agent, preview, created_at, updated_at FROM session_entry
        WHERE tenant = @tenant AND updated_at <= @at AND (updated_at < @at OR session > @session)
        """)
        .AppendJoin("", Enumerable.Range(0, words).Select(n =>
            $"""

             AND session IN (
                SELECT session_text.session FROM session_words JOIN session_text ON session_text.id = session_words.rowid
                WHERE session_words MATCH @word{n} AND session_text.tenant = @tenant)
            """))
        .Append("\nORDER BY updated_at DESC, session LIMIT @limit")
        .ToString();

    private static int ReplaceWords(SqliteSession writing, string tenant, string session, string message, string text)
    {
        var words = string.Join(' ', SessionWords.Of(text));
        if (FindText(writing, tenant, session, message) is { } before)
        {
            if (before.Words == words)
                return 0;
            writing.Execute(
                "INSERT INTO session_words (session_words, rowid, scope, words) VALUES ('delete', @id, @scope, @words)",
                ("@id", before.Id), ("@scope", ScopeOf(tenant)), ("@words", before.Words));
            writing.Execute("DELETE FROM session_text WHERE id = @id", ("@id", before.Id));
        }
        if (words.Length == 0)
            return 0;
        var id = writing.Find(
            """
            INSERT INTO session_text (tenant, session, message, scope, words)
            VALUES (@tenant, @session, @message, @scope, @words) RETURNING id
            """,
            ("@tenant", tenant), ("@session", session), ("@message", message), ("@scope", ScopeOf(tenant)), ("@words", words));
        return writing.Execute("INSERT INTO session_words (rowid, scope, words) VALUES (@id, @scope, @words)",
            ("@id", id), ("@scope", ScopeOf(tenant)), ("@words", words));
    }

    private static (long Id, string Words)? FindText(SqliteSession writing, string tenant, string session, string message)
    {
        using var row = writing.Query(
            "SELECT id, words FROM session_text WHERE tenant = @tenant AND session = @session AND message = @message",
            ("@tenant", tenant), ("@session", session), ("@message", message));
        return row.Read() ? (row.GetInt64(0), row.GetString(1)) : null;
    }

    // One word to the tokenizer, whatever the tenant is called.
    private static string ScopeOf(string tenant) => "t" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(tenant));

    private static SessionEntry ToEntry(string tenant, SqliteDataReader row) => new(
        tenant, row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetString(4),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)));
}
