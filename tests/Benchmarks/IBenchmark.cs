namespace Colloquy.Benchmarks;

/// <summary>One benchmark, found by its type. It prints its figures, ratios first, because absolute ones belong to the
/// machine.</summary>
internal interface IBenchmark
{
    string Name { get; }

    Task Run();
}
