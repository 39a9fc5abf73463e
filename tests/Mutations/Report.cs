namespace Colloquy.Mutations;

/// <summary>What came of a run, by file, and every survivor.</summary>
internal static class Report
{
    /// <summary>0 where every mutant was killed that could be.</summary>
    public static int Print(IReadOnlyList<Mutant> mutants, IReadOnlyList<Verdict> verdicts, Equivalents equivalents)
    {
        var all = mutants.Zip(verdicts, (mutant, verdict) => (Mutant: mutant, verdict.Fate, Reason: equivalents.Reason(mutant)))
            .Where(one => one.Fate != Fate.NotViable).ToList();
        var survivors = all.Where(one => one.Fate == Fate.Survived && one.Reason is null).Select(one => one.Mutant).ToList();
        Console.WriteLine($"{"file",-58}{"killed",8}{"survived",10}{"equivalent",12}");
        foreach (var file in all.GroupBy(one => one.Mutant.File))
            Row(file.Key, [.. file.Select(one => (one.Fate, one.Reason))]);
        Row("all", [.. all.Select(one => (one.Fate, one.Reason))]);
        foreach (var survivor in survivors)
            Console.WriteLine($"\n{survivor.File}:{survivor.Line}\n{Equivalents.Line(survivor)}");
        foreach (var one in all.Where(one => one.Fate == Fate.Killed && one.Reason is not null))
            Console.WriteLine($"\nListed as equivalent, and killed: {one.Mutant.File}:{one.Mutant.Line} {one.Mutant.Change}");
        return survivors.Count == 0 ? 0 : 1;
    }

    private static void Row(string name, IReadOnlyList<(Fate Fate, string? Reason)> fates) => Console.WriteLine(
        $"{name,-58}{fates.Count(one => one.Fate == Fate.Killed),8}"
        + $"{fates.Count(one => one.Fate == Fate.Survived && one.Reason is null),10}"
        + $"{fates.Count(one => one.Fate == Fate.Survived && one.Reason is not null),12}");
}
