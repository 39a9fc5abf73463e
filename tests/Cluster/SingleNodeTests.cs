using Colloquy.FakeModel;
using Xunit.Abstractions;

namespace Colloquy.Clusters;

/// <summary>The product as a process of its own, on SQLite.</summary>
public sealed class SingleNodeTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Key = "operator-key-of-the-cluster-tests";
    private readonly string _data = Directory.CreateTempSubdirectory("colloquy-cluster-").FullName;
    private readonly Uri _root = new($"http://127.0.0.1:{ServerProcess.FreePort()}");
    private FakeModelServer _model = null!;
    private ServerProcess _server = null!;

    public async Task InitializeAsync()
    {
        _model = await FakeModelServer.Start();
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
    public async Task Killed_at_any_moment_of_200_turns_nothing_is_lost_or_doubled() =>
        output.WriteLine(await new KillScenario(_root, Key, async () =>
        {
            await _server.Kill();
            await _server.Start();
        }, seed: 1).Run());

    [Fact]
    public async Task After_a_restart_runs_end_by_themselves_within_ten_seconds()
    {
        const int Runs = 8;
        using var caller = new Caller(_root, Key);
        var gates = new List<Gate>();
        _model.Script(_ =>
        {
            var gate = new Gate();
            lock (gates)
                gates.Add(gate);
            return new ScriptedTurn { Words = 8, Chunks = 4, Gate = gate };
        });
        var runs = new List<string>();
        for (var n = 0; n < Runs; n++)
            runs.Add(await caller.Send(await caller.Begin("medical-specialist"), $"question {n}"));
        await _model.Requested(Runs);

        await _server.Kill();
        lock (gates)
            gates.ForEach(gate => gate.Open());
        _model.Script(_ => new ScriptedTurn { Words = 8, Chunks = 4 });
        await _server.Start();
        var up = DateTimeOffset.UtcNow;
        await _model.Requested(2 * Runs); // without a call from any client

        foreach (var run in runs)
        {
            var watched = await caller.Follow(run);
            Assert.Equal("run.completed", watched.End);
            Assert.True(watched.EndedAt - up < TimeSpan.FromSeconds(10), $"{run} ended {watched.EndedAt - up} after the restart.");
        }
    }
}
