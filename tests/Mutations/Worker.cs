using System.Diagnostics;
using System.Globalization;

namespace Colloquy.Mutations;

/// <summary>A process that judges mutants: one that loops for ever, or takes the process down, dies with it.</summary>
internal sealed class Worker(IReadOnlyList<string> only) : IDisposable
{
    public const string Argument = "--work";

    /// <summary>Assemblies that were loaded stay in caches of the serializer: a fresh process forgets them.</summary>
    private const int MutantsMost = 120;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);
    private Process? _process;
    private int _judged;

    /// <summary>The side of the child: a number comes in, a verdict goes out.</summary>
    public static void Work(IReadOnlyList<string> only)
    {
        var (numbers, verdicts) = (Console.In, Console.Out);
        Console.SetOut(TextWriter.Null); // property tests tell how they went
        var mutants = Sources.Mutants(only);
        var laboratory = new Laboratory(Sources.Root);
        while (numbers.ReadLine() is { } number)
        {
            var verdict = number == "-" ? laboratory.Unchanged()
                : laboratory.Judge(mutants[int.Parse(number, CultureInfo.InvariantCulture)]);
            verdicts.WriteLine($"{verdict.Fate}\t{verdict.Why.Replace('\n', ' ').Replace('\t', ' ')}");
            verdicts.Flush();
        }
    }

    /// <param name="number">Of the mutant; null for none.</param>
    public Verdict Judge(int? number)
    {
        if (_judged++ >= MutantsMost)
            Dispose();
        _process ??= Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. Self(), Argument, .. only])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        _process.StandardInput.WriteLine(number?.ToString(CultureInfo.InvariantCulture) ?? "-");
        _process.StandardInput.Flush();
        var answer = _process.StandardOutput.ReadLineAsync();
        var line = answer.Wait(_patience) ? answer.Result : null;
        if (line?.Split('\t') is [var fate, var why])
            return new(Enum.Parse<Fate>(fate), why);
        var ended = answer.IsCompleted;
        Dispose();
        return new(Fate.Killed, ended ? "the process ended" : $"no end within {_patience.TotalSeconds} s");
    }

    public void Dispose()
    {
        _judged = 0;
        _process?.Kill(entireProcessTree: true);
        _process?.Dispose();
        _process = null;
    }

    // Run by the host "dotnet" the first argument is the assembly; run by its own executable there is none.
    private static IEnumerable<string> Self() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Worker).Assembly.Location] : [];
}
