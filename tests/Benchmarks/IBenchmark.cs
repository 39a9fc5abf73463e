namespace Colloquy.Benchmarks;

/// <summary>One benchmark. It prints its figures, ratios first, because absolute ones belong to the machine. Found by its type.</summary>
internal interface IBenchmark
{
    string Name { get; }

    Task Run();
}
