using Colloquy.Doubles;
using Colloquy.Journals;
using Colloquy.Knowledge;
using Colloquy.Models;
using Colloquy.Runs;

namespace Colloquy.Tests.Knowledge.Ingest;

public sealed class IngestGrainTests(KnowledgeHost host) : IClassFixture<KnowledgeHost>
{
    private static readonly string[] Plain = ["run.accepted", "run.started", "ingest.progress", "run.completed"];

    [Fact]
    public async Task Documents_are_taken_in_once_and_found()
    {
        var library = host.Library();
        Assert.Equal(CollectionStatus.Done, (await library.Create()).Status);
        var run = await library.End(await library.Upload("one", TenantLibrary.Text("a", "# Asthma\n\nSteroids help in asthma."),
            TenantLibrary.Text("b", "# Gout\n\nColchicine helps in gout.")));
        Assert.Equal(("completed", "ingest", 2L, 2L), (run.Status, run.Kind, run.Progress!.Done, run.Progress.Chunks));
        Assert.Equal(Plain, await library.Events(run.Id));
        var found = (await library.Search("colchicine for gout"))[0];
        Assert.Equal(("lib:b", "Colchicine helps in gout."), (found.DocumentId, found.Text));
        Assert.True(found.Signals!.ContainsKey("rrf"));
    }

    [Fact]
    public async Task What_has_not_changed_is_skipped_and_what_is_broken_is_told()
    {
        var library = host.Library();
        await library.Create();
        await library.End(await library.Upload("one", TenantLibrary.Text("a", "One."), TenantLibrary.Text("b", "Two.")));
        var run = await library.End(await library.Upload("two", TenantLibrary.Text("a", "One."), TenantLibrary.Text("b", "Three."),
            TenantLibrary.Text("c", "BROKEN")));
        Assert.Equal(("completed", 3L, 1L, 1L, 1L),
            (run.Status, run.Progress!.Done, run.Progress.Skipped, run.Progress.Failed, run.Progress.Chunks));
        Assert.Equal(["run.accepted", "run.started", "document.failed", "ingest.progress", "run.completed"], await library.Events(run.Id));
        Assert.Equal(["a@0:One.", "b@0:Three."], Assert.Single(library.Indexed));
    }

    [Fact]
    public async Task A_repeat_answers_the_same_run_and_another_body_is_refused()
    {
        var library = host.Library();
        await library.Create();
        var run = await library.Upload("one", TenantLibrary.Text("a", "One."));
        await library.End(run);
        Assert.Equal(run, await library.Upload("one", TenantLibrary.Text("a", "One.")));
        var other = await library.Of(run).Begin(new("key", TenantLibrary.Name, 1, null, "other"));
        Assert.Equal(IngestStatus.KeyReused, other.Status);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_ends_once_and_leaves_no_uploads()
    {
        var library = host.Library();
        await library.Create();
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        host.Faults.Before = name =>
        {
            if (name != "IDocumentStore.Staged" || reached.Task.IsCompleted)
                return Task.CompletedTask;
            reached.TrySetResult();
            return go.Task;
        };
        var run = await library.Upload("one", TenantLibrary.Text("a", "One."));
        await reached.Task.Within("the run read what was staged");
        host.Faults.Before = _ => Task.CompletedTask;
        Assert.Equal("cancelled", (await library.Of(run).Cancel())!.Status);
        go.SetResult();
        await library.End(run);
        Assert.Equal(["run.accepted", "run.started", "run.cancelled"], await library.Events(run));
        Assert.Equal("cancelled", (await library.Of(run).Cancel())!.Status);
        Assert.Equal(["run.accepted", "run.started", "run.cancelled"], await library.Events(run));
    }

    [Fact]
    public async Task Unknown_and_shipped_collections_take_nothing()
    {
        var library = host.Library();
        var ingest = library.Ingest(RunIds.Ingest(library.Tenant, "x"));
        Assert.Equal(IngestStatus.UnknownCollection, await ingest.Stage("nobody", 0, [TenantLibrary.Text("a", "One.")]));
        Assert.Equal(IngestStatus.BuiltIn, await ingest.Stage("medicine", 0, [TenantLibrary.Text("a", "One.")]));
        Assert.Equal(0, host.Documents.Waiting(library.Tenant));
        Assert.Null(await ingest.Run());
    }

    [Fact]
    public async Task A_model_that_refuses_ends_the_run_with_its_code()
    {
        var library = host.Library();
        await library.Create("other/refusing");
        host.Embedders.Fault = name => name == "other/refusing"
            ? new ModelException(ModelErrors.RefusedCredentials, "No.") : null;
        var run = await library.End(await library.Upload("one", TenantLibrary.Text("a", "One.")));
        host.Embedders.Fault = _ => null;
        Assert.Equal(("failed", ModelErrors.RefusedCredentials), (run.Status, run.Error!.Code));
    }

    [Fact]
    public async Task Uploads_whose_run_never_begins_are_thrown_away()
    {
        var library = host.Library();
        await library.Create();
        var ingest = library.Ingest(RunIds.Ingest(library.Tenant, "left"));
        await ingest.Stage(TenantLibrary.Name, 0, [TenantLibrary.Text("a", "One.")]);
        await ingest.Poke();
        Assert.Equal(1, host.Documents.Waiting(library.Tenant));
        host.Time.Advance(KnowledgeLimits.StagingLife + TimeSpan.FromSeconds(1));
        Assert.Contains($"{library.Tenant}/{RunIds.Ingest(library.Tenant, "left")}", await host.Journals.FindOverdue(
            0, JournalShard.Count - 1, host.Time.GetUtcNow(), 100, default));
        await ingest.Poke();
        Assert.Equal(0, host.Documents.Waiting(library.Tenant));
        Assert.DoesNotContain($"{library.Tenant}/{RunIds.Ingest(library.Tenant, "left")}", await host.Journals.FindOverdue(
            0, JournalShard.Count - 1, host.Time.GetUtcNow(), 100, default));
    }

    [Fact]
    public async Task A_large_run_tells_its_progress_in_parts()
    {
        var library = host.Library();
        await library.Create();
        var run = await library.End(await library.Upload(
            "many", [.. Enumerable.Range(0, 200).Select(n => TenantLibrary.Text($"d{n:D3}", $"Document number {n}."))]));
        Assert.Equal((200L, 200L), (run.Progress!.Done, run.Progress.Total));
        Assert.Equal(4, (await library.Events(run.Id)).Count(type => type == "ingest.progress"));
        Assert.Equal(200, Assert.Single(library.Indexed).Count);
    }
}
