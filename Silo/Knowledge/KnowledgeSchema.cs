namespace Colloquy.Knowledge;

/// <summary>The tables of knowledge.db, as the steps that lead to them. A released step is never changed.</summary>
internal static class KnowledgeSchema
{
    /// <summary>Step n brings a file from <c>user_version</c> n to n + 1.</summary>
    public static readonly IReadOnlyList<string> Steps =
    [
        """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

        CREATE TABLE source (
            tenant      TEXT NOT NULL,
            collection  TEXT NOT NULL,
            id          TEXT NOT NULL,
            title       TEXT NOT NULL,
            media_type  TEXT NOT NULL,
            hash        TEXT NOT NULL,
            characters  INTEGER NOT NULL,
            chunks      INTEGER NOT NULL,
            generation  INTEGER NOT NULL,
            fields      TEXT NOT NULL,
            ingested_at INTEGER NOT NULL,
            body        INTEGER NOT NULL, -- source_text.id: texts lie apart, so that lists and counts need not pass them
            PRIMARY KEY (tenant, collection, id)) WITHOUT ROWID;
        CREATE TABLE source_text (id INTEGER PRIMARY KEY, text TEXT NOT NULL);

        CREATE TABLE upload (
            tenant TEXT NOT NULL,
            ingest TEXT NOT NULL,
            number INTEGER NOT NULL,
            bytes  INTEGER NOT NULL, -- of the body
            upload TEXT NOT NULL,
            body   INTEGER NOT NULL,
            PRIMARY KEY (tenant, ingest, number)) WITHOUT ROWID;
        CREATE TABLE upload_body (id INTEGER PRIMARY KEY, content BLOB NOT NULL);

        -- Ids are never given twice: what is cached under one can only be forgotten, not be wrong.
        CREATE TABLE scope (
            id         INTEGER PRIMARY KEY AUTOINCREMENT,
            tenant     TEXT NOT NULL,
            collection TEXT NOT NULL,
            generation INTEGER NOT NULL,
            dimensions INTEGER NOT NULL,
            version    INTEGER NOT NULL, -- counts its changes
            slot       INTEGER NOT NULL, -- the next chunk's
            chunks     INTEGER NOT NULL,
            length     INTEGER NOT NULL, -- of all chunks, as BM25 counts it
            UNIQUE (tenant, collection, generation));
        CREATE TABLE dropped_scope (id INTEGER PRIMARY KEY);

        -- The chunks of a document are the slots from first on. The index has all that filters ask about.
        CREATE TABLE passage_document (
            id           INTEGER PRIMARY KEY,
            scope        INTEGER NOT NULL,
            name         TEXT NOT NULL,
            title        TEXT NOT NULL,
            fields       TEXT NOT NULL,
            hash         BLOB NOT NULL,
            first        INTEGER NOT NULL,
            chunks       INTEGER NOT NULL,
            length       INTEGER NOT NULL,
            retracted    INTEGER NOT NULL,
            evidence     TEXT,
            population   TEXT,
            jurisdiction TEXT,
            language     TEXT,
            published    INTEGER,
            UNIQUE (scope, name));
        CREATE INDEX passage_document_filter ON passage_document (
            scope, first, chunks, retracted, evidence, population, jurisdiction, language, published, name);
        CREATE TABLE passage_tag (document INTEGER NOT NULL, pair TEXT NOT NULL, PRIMARY KEY (document, pair)) WITHOUT ROWID;

        -- id is scope.id << 32 | slot, here and in the two tables below.
        CREATE TABLE chunk (
            id       INTEGER PRIMARY KEY,
            document INTEGER NOT NULL,
            number   INTEGER NOT NULL,
            heading  TEXT NOT NULL,
            start    INTEGER NOT NULL,
            text     TEXT NOT NULL);

        -- Narrow, because a scope is read whole. The vector is empty, or of length 1 in 32-bit floats.
        CREATE TABLE vector (id INTEGER PRIMARY KEY, length INTEGER NOT NULL, vector BLOB NOT NULL);

        -- Every word begins with the number of its scope, so a scope's postings lie together and nobody else's are read. One
        -- table for all: with thousands of tables a change of the schema takes every connection half a second.
        CREATE VIRTUAL TABLE word USING fts5 (words, columnsize = 0, tokenize = "ascii tokenchars '_'");
        CREATE VIRTUAL TABLE word_count USING fts5vocab (word, row);
        CREATE VIRTUAL TABLE word_place USING fts5vocab (word, instance);
        """,
    ];
}
