using Colloquy.FakeModel;

namespace Colloquy.Clusters.Panels;

/// <summary>Panels under fire: all protocols, people among experts, watched while something is killed again and again; then the books
/// are checked, of panels and of the model.</summary>
/// <param name="passes">How often all panels are convened: more, where work goes on while what was killed comes back.</param>
internal sealed class PanelScenario(Uri root, string key, FakeModelServer model, Func<Task> strike, int seed, int passes = 1)
{
    /// <summary>Panels that run at once, so that kills find others in their beginning and others at their end.</summary>
    private const int Lanes = 8;

    /// <summary>A round that takes a few hundred milliseconds is not killed so often that its attempts are used up.</summary>
    private const int KillsMax = 9;

    public async Task<string> Run()
    {
        // An attempt that the client gives up would cancel a panel that an OpenAI client waits for.
        using var caller = new Caller(root, key, TimeSpan.FromMinutes(2));
        await Experts.Create(caller);
        model.Script(Experts.Answer);
        using var done = new CancellationTokenSource();
        var strikes = new Strikes(strike, Strikes.WithinWork(model, Experts.IsOfPanel, seed), KillsMax).Until(done.Token);
        var lanes = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Lane(new(caller), lane)));
        var ended = lanes.SelectMany(lane => lane).ToList();
        await done.CancelAsync();
        var struck = await strikes;
        Assert.True(struck >= 2, $"Only {struck} strikes: that proves nothing.");
        return await Check(caller, model, ended, struck);
    }

    /// <summary>Checks all books, and says what they hold.</summary>
    public static async Task<string> Check(Caller caller, FakeModelServer model, IReadOnlyList<EndedPanel> ended, int kills)
    {
        var books = await Task.WhenAll(ended.Select(panel => PanelBooks.Read(caller, panel)));
        foreach (var book in books)
            book.Check();
        var (calls, repeats) = CallBooks.Check(model.Requests, books, kills);
        Assert.True(repeats > 0, "Nobody was killed while writing: that proves nothing.");
        var absences = books.SelectMany(book => book.Absences).GroupBy(absence => (string)absence["reason"]!)
            .Select(reason => $"{reason.Count()} {reason.Key}");
        var ends = books.GroupBy(book => book.Status).Select(status => $"{status.Count()} {status.Key}");
        return $"{ended.Count} panels ({string.Join(", ", ends)}), {kills} kills, "
            + $"{ended.Sum(panel => panel.Watched.Breaks)} broken streams, {books.Sum(book => book.Said.Count())} contributions, "
            + $"{ended.Sum(panel => panel.Watched.SeenLive)} of them seen while they were written, "
            + $"absences: {string.Join(", ", absences)}; "
            + $"{calls} model calls, {repeats} of them asked again after a kill";
    }

    private async Task<List<EndedPanel>> Lane(Convener convener, int lane)
    {
        var ended = new List<EndedPanel>();
        // Of each lane's panels no two are of one protocol.
        for (var pass = 0; pass < passes; pass++)
            foreach (var plan in PlannedPanel.All.Where(plan => (plan.Number + (plan.Number / 8)) % Lanes == lane))
                ended.Add(await convener.Run(plan with { Number = plan.Number + (pass * PlannedPanel.All.Count) }));
        return ended;
    }
}
