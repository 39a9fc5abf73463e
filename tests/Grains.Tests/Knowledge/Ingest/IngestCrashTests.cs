using Colloquy.Knowledge;

namespace Colloquy.Tests.Knowledge.Ingest;

/// <summary>Whatever port fails, at whatever moment: a run ends once, and every chunk stands in every index once.</summary>
public sealed class IngestCrashTests(KnowledgeHost host) : IClassFixture<KnowledgeHost>
{
    private static readonly DocumentUpload[] First =
        [TenantLibrary.Text("a", "Alpha."), TenantLibrary.Text("b", "Beta."), TenantLibrary.Text("c", "BROKEN")];

    private static readonly DocumentUpload[] Second =
        [TenantLibrary.Text("a", "Alpha."), TenantLibrary.Text("b", "Beta, anew."), TenantLibrary.Text("d", "Delta.")];

    public static TheoryData<bool, bool> Kinds => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    [Theory, MemberData(nameof(Kinds))]
    public async Task An_upload_ends_with_each_chunk_once_wherever_it_broke(bool isAfter, bool isCrash)
    {
        for (var at = 1; await Upload(at, isAfter, isCrash); at++)
            Assert.True(at < 500);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Indexing_anew_ends_with_each_chunk_once_wherever_it_broke(bool isAfter, bool isCrash)
    {
        for (var at = 1; await Reindex(at, isAfter, isCrash); at++)
            Assert.True(at < 500);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task What_is_removed_leaves_nothing_wherever_it_broke(bool isAfter, bool isCrash)
    {
        for (var at = 1; await Removal(at, isAfter, isCrash); at++)
            Assert.True(at < 500);
    }

    /// <summary>False once the fault lies behind the last call.</summary>
    private async Task<bool> Upload(int at, bool isAfter, bool isCrash)
    {
        var library = host.Library();
        await library.Create();
        await library.End(await library.Upload("first", [.. First]));
        host.Time.Advance(TimeSpan.FromMilliseconds(2)); // a journal keeps milliseconds, and by them a run knows what it wrote
        host.Faults.Arm(at, isAfter, isCrash);
        var run = await library.End(await library.Upload("second", [.. Second]));
        var struck = await Disarm();
        Assert.Equal(("completed", 3L, 1L), (run.Status, run.Progress!.Done, run.Progress.Skipped));
        Assert.Equal(2, run.Progress.Chunks);
        Assert.Single(await library.Events(run.Id), type => type is "run.completed" or "run.failed" or "run.cancelled");
        Assert.Equal(["a@0:Alpha.", "b@0:Beta, anew.", "d@0:Delta."], Assert.Single(library.Indexed));
        Assert.Equal((3, 3), ((await library.View())!.Documents, (await library.View())!.Chunks));
        return struck;
    }

    private async Task<bool> Reindex(int at, bool isAfter, bool isCrash)
    {
        var library = host.Library();
        await library.Create();
        await library.End(await library.Upload("first", [.. First]));
        host.Faults.Arm(at, isAfter, isCrash);
        var changed = await library.Embed("other/one");
        Assert.Equal(CollectionStatus.Done, changed.Status);
        var run = await library.End(changed.RunId!);
        var struck = await Disarm();
        Assert.Equal("completed", run.Status);
        Assert.Single(await library.Events(run.Id), type => type is "run.completed" or "run.failed" or "run.cancelled");
        var view = (await library.View())!;
        Assert.Equal(("other/one", 32, 2, null), (view.Embedding, view.Dimensions, view.Generation, view.Building));
        Assert.Equal(["a@0:Alpha.", "b@0:Beta."], library.Indexed[^1]);
        return struck;
    }

    private async Task<bool> Removal(int at, bool isAfter, bool isCrash)
    {
        var library = host.Library();
        await library.Create();
        await library.End(await library.Upload("first", [.. First]));
        host.Faults.Arm(at, isAfter, isCrash);
        await TenantLibrary.Insist(() => library.Collection.Remove("a"));
        Assert.Equal(["b@0:Beta."], Assert.Single(library.Indexed));
        await TenantLibrary.Insist(library.Collection.Delete);
        var struck = await Disarm();
        Assert.Empty(library.Indexed);
        Assert.Equal((0, 0), await host.Documents.Count(library.Tenant, TenantLibrary.Name, default));
        Assert.Null(await library.View());
        return struck;
    }

    private Task<bool> Disarm()
    {
        var struck = host.Faults.Happened.Task.IsCompleted;
        host.Faults.Arm(0, false, false);
        return Task.FromResult(struck);
    }
}
