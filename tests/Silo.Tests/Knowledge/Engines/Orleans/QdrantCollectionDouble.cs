using Grpc.Core;
using Qdrant.Client.Grpc;

namespace Colloquy.Tests.Knowledge;

/// <summary>A collection of the double, with the rules that Qdrant has for points, vectors and searches.</summary>
internal sealed class QdrantCollectionDouble(CreateCollection made)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, PointStruct> _points = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CreateFieldIndexCollection> _indexes = new(StringComparer.Ordinal);

    public CreateCollection Made { get; } = made;

    public IReadOnlyDictionary<string, CreateFieldIndexCollection> Indexes => _indexes;

    public IReadOnlyList<PointStruct> Points
    {
        get
        {
            lock (_lock)
                return [.. _points.Values];
        }
    }

    public bool Index(CreateFieldIndexCollection request)
    {
        lock (_lock)
            _indexes[request.FieldName] = request;
        return true;
    }

    public bool Upsert(UpsertPoints request)
    {
        Require(request.Wait, "The double has no background: wait must be true.");
        Require(request.Points.Count > 0, "Empty update request");
        foreach (var point in request.Points)
        {
            Require(Guid.TryParse(point.Id.Uuid, out _), "Unable to parse UUID");
            Require(point.Vectors?.VectorsOptionsCase is Vectors.VectorsOptionsOneofCase.Vectors_, "Expected some vectors");
            foreach (var (name, vector) in point.Vectors!.Vectors_.Vectors)
                Check(name, vector);
        }

        lock (_lock)
        {
            foreach (var point in request.Points)
                _points[point.Id.Uuid] = point.Clone();
        }

        return true;
    }

    public bool Delete(DeletePoints request)
    {
        Require(request.Wait, "The double has no background: wait must be true.");
        Implemented(request.Points.PointsSelectorOneOfCase is PointsSelector.PointsSelectorOneOfOneofCase.Filter, "delete by ids");
        lock (_lock)
        {
            foreach (var point in Matching(request.Points.Filter).ToList())
                _points.Remove(point.Id.Uuid);
        }

        return true;
    }

    public ulong Count(CountPoints request)
    {
        Implemented(request.Exact, "counts that are estimated");
        lock (_lock)
            return (ulong)Matching(request.Filter).Count();
    }

    public IEnumerable<ScoredPoint> Query(QueryPoints request)
    {
        Implemented(request.Query?.VariantCase is Qdrant.Client.Grpc.Query.VariantOneofCase.Nearest, "queries but the nearest");
        Implemented(request.Prefetch.Count == 0 && !request.HasScoreThreshold && request.Offset == 0, "prefetch, threshold, offset");
        Implemented(request.WithPayload?.SelectorOptionsCase is WithPayloadSelector.SelectorOptionsOneofCase.Include, "whole payloads");
        var score = ScoreBy(request.Using, request.Query!.Nearest, request.Params?.Exact ?? false);
        var fields = request.WithPayload!.Include.Fields;
        lock (_lock)
        {
            return [.. Matching(request.Filter)
                .Select(point => (Point: point, Score: score(point)))
                .Where(entry => entry.Score is not null)
                .OrderByDescending(entry => entry.Score)
                .Take((int)request.Limit)
                .Select(entry =>
                {
                    var found = new ScoredPoint { Id = entry.Point.Id.Clone(), Score = entry.Score!.Value, Version = 1 };
                    foreach (var field in fields.Where(entry.Point.Payload.ContainsKey))
                        found.Payload[field] = entry.Point.Payload[field].Clone();
                    return found;
                })];
        }
    }

    private IEnumerable<PointStruct> Matching(Filter? filter) =>
        _points.Values.Where(point => filter is null || QdrantFilterDouble.Passes(filter, point, _indexes));

    // Null: a point without the vector, or without any dimension of a sparse query, is not found.
    private Func<PointStruct, float?> ScoreBy(string name, VectorInput query, bool isExact)
    {
        if (query.VariantCase is VectorInput.VariantOneofCase.Sparse)
        {
            Require(Made.SparseVectorsConfig.Map.ContainsKey(name), Unknown(name));
            Require(query.Sparse.Indices.Count > 0, "Sparse query is empty");
            var weights = query.Sparse.Indices.Zip(query.Sparse.Values).ToDictionary(pair => pair.First, pair => pair.Second);
            return point => VectorOf(point, name)?.Sparse is { } vector && vector.Indices.Any(weights.ContainsKey)
                ? vector.Indices.Zip(vector.Values).Sum(pair => weights.GetValueOrDefault(pair.First) * pair.Second) : null;
        }

        Implemented(query.VariantCase is VectorInput.VariantOneofCase.Dense, "queries by id");
        Implemented(isExact, "searches of a graph");
        Require(Made.VectorsConfig.ParamsMap.Map.TryGetValue(name, out var parameters), Unknown(name));
        Implemented(parameters!.Distance is Distance.Dot, "other distances");
        Require((ulong)query.Dense.Data.Count == parameters.Size, "Vector dimension error");
        return point => VectorOf(point, name)?.Dense is { } vector
            ? vector.Data.Zip(query.Dense.Data).Sum(pair => pair.First * pair.Second) : null;
    }

    private void Check(string name, Vector vector)
    {
        if (vector.Sparse is { } sparse)
        {
            Require(Made.SparseVectorsConfig.Map.TryGetValue(name, out var parameters), Unknown(name));
            Implemented(parameters!.Modifier is Modifier.None, "modifiers");
            Require(sparse.Indices.Count == sparse.Values.Count, "must be the same length as indices");
            Require(sparse.Indices.Distinct().Count() == sparse.Indices.Count, "must be unique");
        }
        else
        {
            Require(Made.VectorsConfig.ParamsMap.Map.TryGetValue(name, out var parameters), Unknown(name));
            Require((ulong)vector.Dense.Data.Count == parameters!.Size, "Vector dimension error");
        }
    }

    private static string Unknown(string name) => $"Not existing vector name error: {name}";

    private static Vector? VectorOf(PointStruct point, string name) => point.Vectors.Vectors_.Vectors.GetValueOrDefault(name);

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"Wrong input: {otherwise}"));
    }

    private static void Implemented(bool condition, string what)
    {
        if (!condition)
            throw new RpcException(new Status(StatusCode.Unimplemented, $"The double does not implement {what}."));
    }
}
