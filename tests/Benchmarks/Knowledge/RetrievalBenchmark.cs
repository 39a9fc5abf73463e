using System.Diagnostics;
using System.Numerics.Tensors;
using Colloquy.Knowledge;
using Colloquy.Storage;

namespace Colloquy.Benchmarks.Knowledge;

/// <summary>What a search over a large collection costs in the embedded index, and whether it finds what a full comparison
/// finds.</summary>
internal sealed class RetrievalBenchmark : IBenchmark
{
    private const int ChunksPerDocument = 10;
    private const int BatchDocuments = 100;
    private const int Queries = 500;
    private const int Limit = 10;
    private const double MillisecondsMax = 30;

    private static readonly int Chunks = Setting("COLLOQUY_BENCH_CHUNKS", 100_000);
    private static readonly int Dimensions = Setting("COLLOQUY_BENCH_DIMENSIONS", 384);
    private static readonly IndexScope Scope = new("bench", "corpus", 1, Dimensions);

    public string Name => "retrieval";

    public async Task Run()
    {
        var directory = Directory.CreateTempSubdirectory("colloquy-bench-").FullName;
        try
        {
            var options = new StorageOptions { DataDirectory = directory };
            using var database = new SqliteDatabase(options, SqliteFile.Knowledge);
            var corpus = new RetrievalCorpus(Dimensions);
            var (vectors, fields) = await Ingest(new SqlitePassageIndex(database, new VectorCache(long.MaxValue)), corpus);
            var cache = new VectorCache(options.VectorMemoryMiB * 1024L * 1024);
            await Measure(new SqlitePassageIndex(database, cache), corpus, vectors, fields);
            Console.WriteLine($"  {cache.Bytes / 1048576.0:F0} MiB of codes in memory, "
                + $"process {Environment.WorkingSet / 1048576.0:F0} MiB "
                + $"(the full comparison's floats among them), file {new FileInfo(database.File).Length / 1048576.0:F0} MiB");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<(float[][] Vectors, DocumentFields[] Fields)> Ingest(IPassageIndex index, RetrievalCorpus corpus)
    {
        var (vectors, fields, clock) = (new float[Chunks][], new DocumentFields[Chunks / ChunksPerDocument], new Stopwatch());
        for (var first = 0; first < fields.Length; first += BatchDocuments)
        {
            var batch = Enumerable.Range(first, Math.Min(BatchDocuments, fields.Length - first)).Select(n =>
            {
                fields[n] = corpus.Fields();
                return new IndexedDocument($"d{n}", corpus.Text(5), fields[n],
                    [.. Enumerable.Range(n * ChunksPerDocument, ChunksPerDocument).Select(at =>
                        new IndexedChunk(corpus.Text(4), at, corpus.Text(80), vectors[at] = corpus.Vector()))]);
            }).ToList();
            clock.Start();
            await index.Replace(Scope, batch, default);
            clock.Stop();
        }

        Console.WriteLine($"retrieval: {Chunks} chunks of {Dimensions} dimensions, ingested at "
            + $"{Chunks / clock.Elapsed.TotalSeconds:F0} "
            + "chunks/s, each batch synced");
        return (vectors, fields);
    }

    private static async Task Measure(IPassageIndex index, RetrievalCorpus corpus, float[][] vectors, DocumentFields[] fields)
    {
        var clock = Stopwatch.StartNew();
        await index.Search(Scope, new IndexQuery("x", vectors[0], KnowledgeFilter.None, Limit), default);
        Console.WriteLine($"  first search, which reads the vectors into memory: {clock.Elapsed.TotalMilliseconds:F0} ms");
        for (var n = 0; n < 50; n++) // until the code is compiled
            await index.Search(Scope, corpus.Query(n, Limit), default);

        var (took, plain, filtered, cpu, found, wanted) =
            (new List<double>(), new List<double>(), new List<double>(), new List<double>(), 0, 0);
        for (var n = 0; n < Queries; n++)
        {
            var query = corpus.Query(n, Limit);
            var used = Environment.CpuUsage.TotalTime;
            clock.Restart();
            var answer = await index.Search(Scope, query, default);
            var milliseconds = clock.Elapsed.TotalMilliseconds;
            cpu.Add((Environment.CpuUsage.TotalTime - used).TotalMilliseconds);
            took.Add(milliseconds);
            (query.Filter == KnowledgeFilter.None ? plain : filtered).Add(milliseconds);
            var cosines = Nearest(vectors, fields, query);
            // Of equally near chunks either may be found.
            found += answer.Vectors.Count(hit => hit.Score >= cosines[^1] - 1e-6);
            wanted += cosines.Count;
        }

        var (recall, late) = ((double)found / wanted, Percentile(took, 95));
        Console.WriteLine($"  recall@{Limit} against a full comparison: {recall:F4}");
        Console.WriteLine($"  {Queries} searches by words and vector: p50 {Percentile(took, 50):F1}, p95 {late:F1}, "
            + $"p99 {Percentile(took, 99):F1} ms");
        Console.WriteLine($"  without filter p95 {Percentile(plain, 95):F1} ms, "
            + $"with filter p95 {Percentile(filtered, 95):F1} ms");
        Console.WriteLine($"  processor time of a search: p50 {Percentile(cpu, 50):F1}, p95 {Percentile(cpu, 95):F1} ms: on a machine "
            + "that is busy elsewhere, look here");
        if (recall < 1 || late > MillisecondsMax)
            throw new BenchmarkFailedException($"retrieval: recall must be 1 and p95 at most {MillisecondsMax} ms.");
    }

    private static List<float> Nearest(float[][] vectors, DocumentFields[] fields, IndexQuery query) =>
    [
        .. Enumerable.Range(0, vectors.Length)
            .Where(n => RetrievalCorpus.Passes(fields[n / ChunksPerDocument], query.Filter))
            .Select(n => TensorPrimitives.Dot(vectors[n].AsSpan(), query.Vector.Span))
            .OrderDescending().Take(Limit),
    ];

    private static double Percentile(List<double> values, int percent) =>
        values.Order().ElementAt(Math.Min(values.Count - 1, values.Count * percent / 100));

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : otherwise;
}
