using Colloquy.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks -- journal
var all = typeof(IBenchmark).Assembly.GetTypes()
    .Where(type => type.IsAssignableTo(typeof(IBenchmark)) && !type.IsAbstract)
    .Select(type => (IBenchmark)Activator.CreateInstance(type)!)
    .OrderBy(benchmark => benchmark.Name, StringComparer.Ordinal)
    .ToList();
var chosen = args is ["all"] ? all : all.Where(benchmark => args.Contains(benchmark.Name)).ToList();
if (chosen.Count == 0)
{
    Console.WriteLine($"Name one or more, or all: {string.Join(", ", all.Select(benchmark => benchmark.Name))}");
    return 2;
}
try
{
    foreach (var benchmark in chosen)
        await benchmark.Run();
    return Environment.ExitCode;
}
catch (BenchmarkFailedException failure)
{
    Console.WriteLine(failure.Message);
    return 1;
}
