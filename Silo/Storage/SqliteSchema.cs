namespace Colloquy.Storage;

/// <summary>The tables, as the steps that lead to them. A released step is never changed; a change is a further step.</summary>
internal static class SqliteSchema
{
    /// <summary>Step n brings a file from <c>user_version</c> n to n + 1.</summary>
    public static readonly IReadOnlyList<string> Steps =
    [
        """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

        -- The row outlives an erased journal, because its epoch must go on rising.
        CREATE TABLE journal (
            id    INTEGER PRIMARY KEY,
            name  TEXT NOT NULL UNIQUE,
            epoch INTEGER NOT NULL);

        -- id is journal.id << 32 | seq: one tree, in which the lines of a journal lie side by side, and its head is the last.
        CREATE TABLE line (id INTEGER PRIMARY KEY, body BLOB NOT NULL);

        CREATE TABLE snapshot (journal INTEGER PRIMARY KEY, seq INTEGER NOT NULL, body BLOB NOT NULL);

        CREATE TABLE operation (
            journal     INTEGER NOT NULL,
            key         TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            answer      TEXT NOT NULL,
            expires_at  INTEGER NOT NULL,
            PRIMARY KEY (journal, key)) WITHOUT ROWID;
        CREATE INDEX operation_expiry ON operation (expires_at);

        CREATE TABLE open_work (journal INTEGER PRIMARY KEY, shard INTEGER NOT NULL, deadline INTEGER NOT NULL);
        CREATE INDEX open_work_deadline ON open_work (deadline);

        CREATE TABLE document (
            grain   TEXT NOT NULL,
            name    TEXT NOT NULL,
            version INTEGER NOT NULL,
            body    TEXT, -- null once cleared: the version must go on rising
            PRIMARY KEY (grain, name)) WITHOUT ROWID;

        CREATE TABLE reminder (
            grain    TEXT NOT NULL,
            name     TEXT NOT NULL,
            start_at INTEGER NOT NULL,
            period   INTEGER NOT NULL,
            version  INTEGER NOT NULL,
            PRIMARY KEY (grain, name)) WITHOUT ROWID;

        CREATE TABLE session_entry (
            tenant     TEXT NOT NULL,
            session    TEXT NOT NULL,
            owner      TEXT NOT NULL,
            title      TEXT NOT NULL,
            agent      TEXT,
            preview    TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            PRIMARY KEY (tenant, session)) WITHOUT ROWID;
        CREATE INDEX session_entry_order ON session_entry (tenant, updated_at DESC, session);

        -- One row for the title (message '') and one for each message. scope is the tenant as one word, so that a search
        -- never walks through the words of others.
        CREATE TABLE session_text (
            id      INTEGER PRIMARY KEY,
            tenant  TEXT NOT NULL,
            session TEXT NOT NULL,
            message TEXT NOT NULL,
            scope   TEXT NOT NULL,
            words   TEXT NOT NULL,
            UNIQUE (tenant, session, message));
        CREATE VIRTUAL TABLE session_words USING fts5 (
            scope, words, content = 'session_text', content_rowid = 'id',
            tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
        """,
        """
        -- Outlives single facts, but not the scope: what is erased leaves no row.
        CREATE TABLE fact_scope (
            tenant  TEXT NOT NULL,
            scope   TEXT NOT NULL,
            version INTEGER NOT NULL,
            PRIMARY KEY (tenant, scope)) WITHOUT ROWID;

        CREATE TABLE fact (
            tenant   TEXT NOT NULL,
            scope    TEXT NOT NULL,
            id       TEXT NOT NULL,
            body     BLOB NOT NULL,
            embedder TEXT,
            vector   BLOB NOT NULL,
            PRIMARY KEY (tenant, scope, id));
        """,
    ];
}
