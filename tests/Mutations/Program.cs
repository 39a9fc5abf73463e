using System.Collections.Concurrent;
using Colloquy.Mutations;

// ./colloquy mutate [part of a file's name ...]       exit code 1 where a mutant survives that is not listed as equivalent
if (args is [Worker.Argument, .. var parts])
{
    Worker.Work(parts);
    return 0;
}

using (var first = new Worker(args))
    if (first.Judge(null) is { Fate: not Fate.Survived } failure)
    {
        Console.WriteLine($"The tests are red before anything is changed. {failure.Fate}: {failure.Why}");
        return 2;
    }

var mutants = Sources.Mutants(args);
var equivalents = Equivalents.Read(Path.Combine(Sources.Root, "tests/Mutations/equivalents.txt"));
Console.WriteLine($"{mutants.Count} mutants in {mutants.Select(mutant => mutant.File).Distinct().Count()} files.");
var verdicts = new Verdict[mutants.Count];
var waiting = new ConcurrentQueue<int>(Enumerable.Range(0, mutants.Count));
var threads = Enumerable.Range(0, Math.Max(1, Environment.ProcessorCount)).Select(_ => new Thread(() =>
{
    using var worker = new Worker(args);
    while (waiting.TryDequeue(out var at))
    {
        verdicts[at] = worker.Judge(at);
        if (verdicts[at].Fate == Fate.Survived && equivalents.Reason(mutants[at]) is null)
            Console.WriteLine($"survived  {mutants[at].File}:{mutants[at].Line}\n  - {mutants[at].Source}\n  ~ {mutants[at].Change}");
    }
})).ToList();
threads.ForEach(thread => thread.Start());
threads.ForEach(thread => thread.Join());
return Report.Print(mutants, verdicts, equivalents);
