namespace Colloquy.Benchmarks;

/// <summary>One benchmark, found by its type. It prints its figures, ratios first, because absolute ones belong to the
/// machine.</summary>
internal interface IBenchmark
{
    string Name { get; }

    Task Run();
}

/// <summary>A figure is worse than what the product promises.</summary>
internal sealed class BenchmarkFailedException(string message) : Exception(message);
