using System.Text.Json.Nodes;

namespace Colloquy.Clusters;

/// <summary>Turns under fire: many sessions ask and watch while something is killed again and again; then the books are checked.</summary>
internal sealed class KillScenario(Uri root, string key, Func<Task> strike, int seed)
{
    private const int Sessions = 10;
    private const int TurnsEach = 20;

    public async Task<string> Run()
    {
        using var caller = new Caller(root, key);
        using var done = new CancellationTokenSource();
        var strikes = new Strikes(strike, Strikes.Sometimes(seed)).Until(done.Token);
        var talks = await Task.WhenAll(Enumerable.Range(0, Sessions).Select(number => Talk(caller, number)));
        await done.CancelAsync();
        var struck = await strikes;
        Assert.True(struck >= 3, $"Only {struck} strikes: that proves nothing.");
        foreach (var (session, asked) in talks)
            Check(session, asked, await caller.Export(session));
        return $"{Sessions * TurnsEach} turns, {struck} kills, {talks.Sum(talk => talk.Asked.Sum(turn => turn.Run.Breaks))} broken streams";
    }

    private static async Task<(string Session, List<(string Content, WatchedRun Run)> Asked)> Talk(Caller caller, int number)
    {
        var session = await caller.Begin("regulatory-expert");
        var asked = new List<(string, WatchedRun)>();
        for (var turn = 0; turn < TurnsEach; turn++)
        {
            var content = $"question {number}-{turn} [[fake chunks=12 first=20 delay=15 words=48]]";
            asked.Add((content, await caller.Follow(await caller.Send(session, content))));
        }
        return (session, asked);
    }

    private static void Check(string session, List<(string Content, WatchedRun Run)> asked, IReadOnlyList<JsonNode> journal)
    {
        Assert.Equal(Enumerable.Range(1, journal.Count).Select(seq => (long)seq), journal.Select(line => (long)line["seq"]!));
        foreach (var (content, run) in asked)
        {
            Assert.Empty(run.Faults);
            Assert.Single(journal, line => Type(line) == "message.accepted" && (string)line["content"]! == content);
            Assert.Single(journal, line => (string?)line["runId"] == run.Run && IsEnd(Type(line)));
            var answer = Assert.Single(journal, line => (string?)line["runId"] == run.Run && Type(line) == "message.completed");
            Assert.Equal((string)answer["content"]!, run.Final);
            Assert.True(run.Written.Length == 0 || run.Final!.StartsWith(run.Written, StringComparison.Ordinal),
                $"{run.Run} in {session}: the viewer read other words than were committed.");
            Assert.True(run.End == "run.completed", $"{run.Run} in {session}: {run.End} {run.Why}");
        }
    }

    private static string Type(JsonNode line) => (string)line["type"]!;

    private static bool IsEnd(string type) =>
        type is "run.completed" or "run.failed" or "run.cancelled" or "run.expired" or "run.budget_exhausted";
}
