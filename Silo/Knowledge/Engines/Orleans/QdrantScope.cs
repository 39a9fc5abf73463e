using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Qdrant.Client.Grpc;
using Range = Qdrant.Client.Grpc.Range;

namespace Colloquy.Knowledge;

/// <summary>
/// One index of one collection of one tenant, as Qdrant sees it. Every filter and every point is made here, and begins with
/// tenant, collection and generation: there is no other way to ask for points.
/// </summary>
internal sealed class QdrantScope(IndexScope scope)
{
    public const string Tenant = "tenant";
    public const string Collection = "collection";
    public const string Generation = "generation";
    public const string Document = "document";
    public const string Number = "number";
    public const string Stems = "stems";

    /// <summary>All chunks of the scope.</summary>
    public Filter All() => With();

    public Filter OfDocument(string id) => With(Conditions.MatchKeyword(Document, id));

    public Filter OfDocuments(IReadOnlyList<string> ids) => With(Conditions.Match(Document, ids));

    /// <summary>Chunks that hold a word.</summary>
    public Filter Holding(uint stem) => With(Conditions.Match(Stems, (long)stem));

    /// <summary>Chunks that documents no longer have: those from their count on.</summary>
    public Filter Beyond(IEnumerable<(string Document, int Count)> documents)
    {
        var filter = With();
        filter.Should.AddRange(documents.Select(entry => Conditions.Filter(new Filter
        {
            Must =
            {
                Conditions.MatchKeyword(Document, entry.Document),
                Conditions.Range(Number, new Range { Gte = entry.Count }),
            },
        })));
        return filter;
    }

    /// <summary>Chunks that a caller's filter lets through; null if it lets none through.</summary>
    public Filter? Passing(KnowledgeFilter filter)
    {
        var conditions = QdrantFields.ConditionsOf(filter).ToList();
        if (!filter.Documents.IsDefaultOrEmpty)
        {
            var prefix = $"{scope.Collection}:";
            var ids = filter.Documents.Where(id => id.StartsWith(prefix, StringComparison.Ordinal))
                .Select(id => id[prefix.Length..]).ToList();
            if (ids.Count == 0)
                return null;
            conditions.Add(Conditions.Match(Document, ids));
        }

        return With([.. conditions]);
    }

    /// <summary>A chunk's point, with what says whose it is, and nothing else yet. It has the same id whenever it is written, and
    /// one that no other tenant's chunk can have.</summary>
    public PointStruct Point(string document, int number) => new()
    {
        Id = IdOf(document, number),
        Payload =
        {
            [Tenant] = scope.Tenant,
            [Collection] = scope.Collection,
            [Generation] = scope.Generation,
            [Document] = document,
            [Number] = number,
        },
    };

    private Filter With(params ReadOnlySpan<Condition> further)
    {
        var filter = new Filter
        {
            Must =
            {
                Conditions.MatchKeyword(Tenant, scope.Tenant),
                Conditions.MatchKeyword(Collection, scope.Collection),
                Conditions.Match(Generation, scope.Generation),
            },
        };
        foreach (var condition in further)
            filter.Must.Add(condition);
        return filter;
    }

    // Each part with its length before it, so that no two lists of parts read the same. RFC 9562, version 8.
    private Guid IdOf(string document, int number)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        string[] parts = [scope.Tenant, scope.Collection, Text(scope.Generation), document, Text(number)];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        var id = hash.GetHashAndReset().AsSpan(0, 16);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
