using Colloquy.FakeModel;
using Xunit.Abstractions;

namespace Colloquy.Clusters.Panels;

/// <summary>Panels on a process of its own that is killed.</summary>
public sealed class PanelKillTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Key = "operator-key-of-the-cluster-tests";
    private const int Kept = 100_000;

    /// <summary>From the moment that the server serves again to the end of every panel, several rounds later.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly string _data = Directory.CreateTempSubdirectory("colloquy-panels-").FullName;
    private readonly Uri _root = new($"http://127.0.0.1:{ServerProcess.FreePort()}");
    private FakeModelServer _model = null!;
    private ServerProcess _server = null!;

    public async Task InitializeAsync()
    {
        _model = await FakeModelServer.Start(new() { RequestsKept = Kept });
        _server = new("Colloquy.Api.dll", new()
        {
            ["COLLOQUY_BOOTSTRAP_KEY"] = Key, ["COLLOQUY_DATA"] = _data, ["COLLOQUY_URLS"] = _root.ToString(),
            ["OPENAI_BASE_URL"] = _model.BaseUrl, ["OPENAI_API_KEY"] = "none-is-needed-here",
        });
        await _server.Start();
    }

    public async Task DisposeAsync()
    {
        _server.Dispose();
        await _model.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Killed_at_any_moment_of_24_panels_nothing_is_lost_doubled_or_paid_for_twice() =>
        output.WriteLine(await new PanelScenario(_root, Key, _model, async () =>
        {
            await _server.Kill();
            await _server.Start();
        }, seed: 3).Run());

    [Fact]
    public async Task After_a_restart_panels_come_to_their_end_without_anybodys_call()
    {
        using var caller = new Caller(_root, Key);
        await Experts.Create(caller);
        var gates = new List<Gate>();
        var isOpen = false;
        _model.Script(request =>
        {
            lock (gates)
            {
                if (isOpen)
                    return Experts.Answer(request);
                gates.Add(new Gate());
                return Experts.Answer(request)! with { Gate = gates[^1] };
            }
        });
        var convener = new Convener(caller);
        var panels = new List<(PlannedPanel Plan, string Id, string Run)>();
        foreach (var plan in PlannedPanel.OneOfEach)
            panels.Add(await Convened(plan));
        await _model.Requested(panels.Sum(panel => FirstCalls(panel.Plan.Protocol)));

        await _server.Kill();
        lock (gates)
        {
            gates.ForEach(gate => gate.Open());
            isOpen = true;
        }
        await _server.Start();
        var up = DateTimeOffset.UtcNow;
        await Task.WhenAll(panels.Select(panel => _model.WhenRequested(
            request => IsLastCall(panel.Plan, request), LastCalls(panel.Plan.Protocol))));

        var ended = await Task.WhenAll(panels.Select(panel => convener.Follow(panel.Plan, panel.Id, panel.Run)));
        Assert.All(ended, panel => Assert.Equal("run.completed", panel.Watched.End));
        Assert.All(ended, panel => Assert.InRange(panel.Watched.EndedAt - up, TimeSpan.Zero, Bound));
        output.WriteLine(await PanelScenario.Check(caller, _model, ended, kills: 1)
            + $"; the last panel ended {ended.Max(panel => panel.Watched.EndedAt - up).TotalSeconds:F1} s after the restart, "
            + "without a call");

        async Task<(PlannedPanel, string, string)> Convened(PlannedPanel plan)
        {
            var (id, run) = await convener.Convene(plan);
            return (plan, id, run);
        }
    }

    /// <summary>Seats that are invited to the first round.</summary>
    private static int FirstCalls(string protocol) => protocol switch { "adversarial" or "socratic" => 2, "review" => 1, _ => 3 };

    private static int LastCalls(string protocol) => protocol switch
    {
        "vote" or "consensus" or "delphi" => 3, "socratic" or "review" => 2, _ => 1,
    };

    /// <summary>Whether a round asks that is the last of the panel's protocol, or of its first cycle.</summary>
    private static bool IsLastCall(PlannedPanel plan, RecordedRequest request) =>
        Experts.IsOfPanel(request) && request.LastUser.Contains(plan.Question, StringComparison.Ordinal)
        && request.Messages.Any(message => message.Text.Contains(LastWords(plan.Protocol), StringComparison.Ordinal));

    private static string LastWords(string protocol) => protocol switch
    {
        "vote" => "Vote. Judge each option",
        "consensus" => "Answer the question again",
        "delphi" => "Judge again",
        "socratic" => "Answer every question",
        "review" => "Review the text",
        "adversarial" => "on a panel of experts, as its judge",
        _ => "on a panel of experts, as its chair",
    };
}
