using Colloquy.Doubles;

namespace Colloquy.Tests.Journals;

/// <summary>The same random commands to the twin in memory and to a real store: every answer must be the same.</summary>
public sealed class JournalDifferentialTests
{
    private const int Steps = 250;

    [Theory, MemberData(nameof(StoresAndSeeds))]
    public async Task A_real_store_answers_every_command_as_memory_does(string name, int seed)
    {
        using var real = JournalStores.Open(name);
        var (memory, script, twin) = (new MemoryJournalStore(), new JournalScript(seed), new JournalScript(seed));
        for (var step = 0; step < Steps; step++)
        {
            var expected = await twin.Step(memory);
            var actual = await script.Step(real.Journals);
            Assert.True(expected == actual, $"Seed {seed}, step {step}: memory says\n{expected}\n{name} says\n{actual}");
        }
    }

    [Fact]
    public async Task The_commands_reach_every_kind_of_answer()
    {
        var answers = new List<string>();
        foreach (var seed in Enumerable.Range(1, 24))
        {
            var (memory, script) = (new MemoryJournalStore(), new JournalScript(seed));
            foreach (var _ in Enumerable.Range(0, Steps))
                answers.Add(await script.Step(memory));
        }
        string[] kinds =
        [
            "Status = Appended", "Status = Repeated", "Status = Fenced", "Status = Conflict", "renew True", "renew False",
            "overdue t/", "read 1:", "find Operation", "erase", "snapshot of ",
        ];

        Assert.All(kinds, kind => Assert.True(
            answers.Count(answer => answer.Contains(kind, StringComparison.Ordinal)) >= 20, $"too few answers with '{kind}'"));
    }

    public static TheoryData<string, int> StoresAndSeeds()
    {
        var data = new TheoryData<string, int>();
        foreach (var name in JournalStores.Names.Where(name => name != "memory"))
            foreach (var seed in Enumerable.Range(1, 24))
                data.Add(name, seed);
        return data;
    }
}
