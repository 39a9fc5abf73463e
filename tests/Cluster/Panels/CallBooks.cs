using Colloquy.FakeModel;

namespace Colloquy.Clusters.Panels;

/// <summary>What the model was asked, held against what panels committed: money that is spent is not spent again.</summary>
internal static class CallBooks
{
    /// <summary>Checks every request of a panel's seats, and answers how many there were and how many of them were repeats.</summary>
    public static (int Calls, int Repeats) Check(IReadOnlyList<RecordedRequest> requests, IReadOnlyList<PanelBooks> panels, int kills)
    {
        var committed = panels.SelectMany(panel => panel.Said).Where(said => Experts.MarkIn(said.Text) is not null)
            .ToLookup(said => Experts.MarkIn(said.Text)!, said => said.At);
        var calls = requests.Where(Experts.IsOfPanel).Where(request => !Experts.IsMute(request))
            .GroupBy(Experts.MarkOf).ToList();
        var absences = panels.Sum(panel => panel.Absences.Count());
        foreach (var asked in calls)
        {
            // One answer of one seat in one round, and nobody asked for it after it was there.
            Assert.True(committed[asked.Key].Count() <= 1, $"{asked.Key} was committed twice.");
            foreach (var at in committed[asked.Key])
                Assert.All(asked, request => Assert.True(request.At <= at,
                    $"{asked.Key} was asked for at {request.At:O}, and there at {at:O}."));
            Assert.InRange(asked.Count(), 1, 1 + kills);
        }
        var lost = calls.Where(asked => !committed.Contains(asked.Key)).Select(asked => Experts.Told(asked.First())).ToList();
        Assert.True(lost.Count <= absences, $"Answers that no journal has, beyond {absences} absences:\n{string.Join('\n', lost)}");
        Assert.Equal(committed.Count, calls.Count(asked => committed.Contains(asked.Key)));
        return (calls.Sum(asked => asked.Count()), calls.Sum(asked => asked.Count() - 1));
    }
}
