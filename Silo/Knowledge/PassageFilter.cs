using System.Collections.Immutable;
using System.Text.Json;
using Colloquy.Storage;

namespace Colloquy.Knowledge;

/// <summary>The one place that says which documents of a scope pass a filter.</summary>
internal sealed class PassageFilter
{
    // An index has every column but the tags.
    private const string Sql =
        """
        SELECT first, chunks FROM passage_document
        WHERE scope = @scope
            AND (retracted = 0 OR @retracted)
            AND (@evidence IS NULL OR evidence <= @evidence)
            AND (@populations IS NULL OR population IN (SELECT value FROM json_each(@populations)))
            AND (@jurisdictions IS NULL OR jurisdiction IN (SELECT value FROM json_each(@jurisdictions)))
            AND (@languages IS NULL OR language IN (SELECT value FROM json_each(@languages)))
            AND (@from IS NULL OR published >= @from)
            AND (@until IS NULL OR published <= @until)
            AND (@documents IS NULL OR name IN (SELECT value FROM json_each(@documents)))
            AND (@tags IS NULL OR NOT EXISTS (
                SELECT 1 FROM json_each(@tags) AS wanted
                WHERE wanted.value NOT IN (SELECT pair FROM passage_tag WHERE passage_tag.document = passage_document.id)))
        ORDER BY first
        """;

    private readonly (string Name, object? Value)[] _values;

    public PassageFilter(KnowledgeFilter filter, string collection)
    {
        _values =
        [
            ("@retracted", filter.IncludeRetracted ? 1 : 0), ("@evidence", filter.EvidenceAtLeast),
            ("@populations", ListOf(filter.Populations)), ("@jurisdictions", ListOf(filter.Jurisdictions)),
            ("@languages", ListOf(filter.Languages)), ("@from", filter.PublishedFrom?.DayNumber),
            ("@until", filter.PublishedUntil?.DayNumber), ("@documents", DocumentsOf(filter.Documents, $"{collection}:")),
            ("@tags", filter.Tags is { Count: > 0 } tags ? ListOf([.. tags.Select(Pair)]) : null),
        ];
        Key = JsonSerializer.Serialize(_values.Select(value => value.Value));
    }

    /// <summary>Equal filters have equal keys.</summary>
    public string Key { get; }

    /// <summary>A tag as one text: two tags are equal if these are.</summary>
    public static string Pair(KeyValuePair<string, string> tag) => $"{tag.Key.Length}:{tag.Key}{tag.Value}";

    /// <summary>The chunks of documents that pass: the first slot of each, and how many. By slot.</summary>
    public IEnumerable<(uint First, int Chunks)> Find(SqliteSession session, ScopeRow scope)
    {
        using var rows = session.Query(Sql, [("@scope", scope.Id), .. _values]);
        while (rows.Read())
            yield return ((uint)rows.GetInt64(0), rows.GetInt32(1));
    }

    private static string? DocumentsOf(ImmutableArray<string> documents, string prefix) => documents.IsDefaultOrEmpty
        ? null
        : ListOf([.. documents.Where(id => id.StartsWith(prefix, StringComparison.Ordinal)).Select(id => id[prefix.Length..])])
            ?? "[]"; // documents of other collections only: nothing passes

    // SQLite ends a text of JSON at NUL, and would then find what begins alike.
    private static string? ListOf(ImmutableArray<string> values) => values.IsDefaultOrEmpty
        ? null
        : JsonSerializer.Serialize(values.Where(value => !value.Contains('\0', StringComparison.Ordinal)));
}
