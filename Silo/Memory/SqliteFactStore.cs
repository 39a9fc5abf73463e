using System.Security.Cryptography;
using Colloquy.Storage;

namespace Colloquy.Memory;

/// <summary>Facts in the SQLite file: a row each, and one for the version of their scope.</summary>
internal sealed class SqliteFactStore(SqliteDatabase database) : IFactStore
{
    public Task<FactRows> Load(string tenant, string scope, CancellationToken cancellation) => database.Read(session =>
    {
        var version = VersionOf(session, tenant, scope);
        var rows = new List<FactRow>();
        using var found = session.Query(
            "SELECT id, body, embedder, vector FROM fact WHERE tenant = @tenant AND scope = @scope",
            ("@tenant", tenant), ("@scope", scope));
        while (found.Read())
        {
            rows.Add(new FactRow(
                found.GetString(0), (byte[])found[1], found.IsDBNull(2) ? null : found.GetString(2), (byte[])found[3]));
        }
        return new FactRows(version, rows);
    }, cancellation);

    public Task<bool> Change(FactChange change, CancellationToken cancellation) => database.Write(session =>
    {
        if (VersionOf(session, change.Tenant, change.Scope) != change.Expected)
            return false;
        session.Execute("INSERT OR REPLACE INTO fact_scope VALUES (@tenant, @scope, @version)",
            ("@tenant", change.Tenant), ("@scope", change.Scope),
            ("@version", change.Expected == 0 ? First() : change.Expected + 1));
        foreach (var id in change.Removes)
        {
            session.Execute("DELETE FROM fact WHERE tenant = @tenant AND scope = @scope AND id = @id",
                ("@tenant", change.Tenant), ("@scope", change.Scope), ("@id", id));
        }
        foreach (var row in change.Puts)
        {
            session.Execute("INSERT OR REPLACE INTO fact VALUES (@tenant, @scope, @id, @body, @embedder, @vector)",
                ("@tenant", change.Tenant), ("@scope", change.Scope), ("@id", row.Id), ("@body", row.Json.ToArray()),
                ("@embedder", row.Embedder), ("@vector", row.Vector.ToArray()));
        }
        return true;
    }, cancellation);

    public Task Erase(string tenant, string scope, CancellationToken cancellation) => database.Write(session =>
        session.Execute("DELETE FROM fact WHERE tenant = @tenant AND scope = @scope", ("@tenant", tenant), ("@scope", scope))
        + session.Execute(
            "DELETE FROM fact_scope WHERE tenant = @tenant AND scope = @scope", ("@tenant", tenant), ("@scope", scope)),
        cancellation);

    private static long VersionOf(SqliteSession session, string tenant, string scope) => (long?)session.Find(
        "SELECT version FROM fact_scope WHERE tenant = @tenant AND scope = @scope", ("@tenant", tenant), ("@scope", scope)) ?? 0;

    // Far from the end of a long, and a billion changes away from the next start.
    private static long First() => 1 + ((long)RandomNumberGenerator.GetInt32(int.MaxValue) << 30);
}
