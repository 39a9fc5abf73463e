using Colloquy.Doubles;
using Colloquy.Knowledge;
using Colloquy.Models;
using Colloquy.Runs;

namespace Colloquy.Tests.Knowledge.Collections;

public sealed class CollectionGrainTests(KnowledgeHost host) : IClassFixture<KnowledgeHost>
{
    [Fact]
    public async Task A_collection_is_created_listed_changed_and_gone()
    {
        var library = host.Library();
        var created = await library.Create();
        Assert.Equal((CollectionStatus.Done, "hashed/1", 64), (created.Status, created.Collection!.Embedding,
            created.Collection.Dimensions));
        Assert.Equal(created, await library.Create());
        Assert.Equal(CollectionStatus.Exists, (await library.Create(operation: "other")).Status);
        Assert.Equal(CollectionStatus.KeyReused, (await library.Create(domain: "law")).Status);
        var list = host.Grain<ICollectionListGrain>(library.Tenant, "collections");
        Assert.Equal(["clinical-research", "lib", "medicine", "regulatory", "research-methods"], (await list.All()).Select(one => one.Id));
        await library.Collection.Change(new("Renamed", null, null, null, "key", "rename"));
        Assert.Equal(("Renamed", "medicine"), ((await library.Collection.View())!.Name, (await library.Collection.View())!.Domain));
        Assert.True(await library.Collection.Delete());
        Assert.False(await library.Collection.Delete());
        Assert.DoesNotContain("lib", (await list.All()).Select(one => one.Id));
    }

    [Fact]
    public async Task A_model_that_is_missing_or_fails_is_told_and_nothing_is_created()
    {
        var library = host.Library();
        Assert.Equal((CollectionStatus.EmbedderMissing, "PAID_API_KEY"), await Refused("paid"));
        host.Embedders.Fault = name => name == "other/broken" ? new ModelException(ModelErrors.Unreachable, "No.") : null;
        Assert.Equal((CollectionStatus.EmbedderFailed, ModelErrors.Unreachable), await Refused("other/broken"));
        host.Embedders.Fault = _ => null;
        Assert.Null(await library.Collection.View());

        async Task<(CollectionStatus, string?)> Refused(string embedding)
        {
            var result = await library.Create(embedding);
            return (result.Status, result.Name);
        }
    }

    [Fact]
    public async Task A_shipped_collection_can_be_read_and_not_changed()
    {
        var shipped = host.Grain<ICollectionGrain>(host.Library().Tenant, "medicine");
        Assert.True((await shipped.View())!.BuiltIn);
        Assert.Equal(CollectionStatus.BuiltIn, (await shipped.Create(new(null, null, "medicine", null, "x"))).Status);
        Assert.Equal(CollectionStatus.BuiltIn, (await shipped.Change(new("Mine", null, null, null, "key", "x"))).Status);
        Assert.False(await shipped.Delete());
        var page = await shipped.Documents(null, 3);
        Assert.Equal(3, page.Items.Length);
        Assert.NotEqual(page.Items[0].Id, (await shipped.Documents(page.Next, 3)).Items[0].Id);
    }

    [Fact]
    public async Task A_tenant_has_at_most_so_many_collections()
    {
        var tenant = host.Library().Tenant;
        var list = host.Grain<ICollectionListGrain>(tenant, "collections");
        for (var n = 0; n < KnowledgeLimits.Collections; n++)
            Assert.True(await list.List($"c{n}"));
        var late = host.Grain<ICollectionGrain>(tenant, "late");
        Assert.Equal(CollectionStatus.TooMany, (await late.Create(new(null, null, "law", null, "x"))).Status);
        Assert.Null(await late.View());
        await list.Delist("c0");
        Assert.Equal(CollectionStatus.Done, (await late.Create(new(null, null, "law", null, "x"))).Status);
    }

    [Fact]
    public async Task What_changes_while_a_collection_is_indexed_anew_is_right_in_both_indexes()
    {
        var library = host.Library();
        await library.Create();
        await library.End(await library.Upload("first", TenantLibrary.Text("a", "Alpha."), TenantLibrary.Text("b", "Beta."),
            TenantLibrary.Text("c", "Gamma."), TenantLibrary.Text("d", "Delta.")));
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        // The run has listed what there is to do, and read the first of it, when everything changes.
        var reads = 0;
        host.Faults.Before = name =>
        {
            if (name != "IDocumentStore.Find" || Interlocked.Increment(ref reads) != 2)
                return Task.CompletedTask;
            reached.TrySetResult();
            return go.Task;
        };
        var changed = await library.Embed("other/two");
        await reached.Task.Within("the run read its second document");
        host.Faults.Before = _ => Task.CompletedTask;
        var upload = await library.End(await library.Upload("meanwhile", TenantLibrary.Text("a", "Alpha, anew."),
            TenantLibrary.Text("e", "Epsilon.")));
        Assert.Equal("completed", upload.Status);
        Assert.True(await library.Collection.Remove("c"));
        Assert.Equal(["a@0:Alpha, anew.", "b@0:Beta.", "d@0:Delta.", "e@0:Epsilon."], library.Indexed[0]);
        Assert.Equal(CollectionStatus.Busy, (await library.Embed("other/three", "again")).Status);
        go.SetResult();
        Assert.Equal("completed", (await library.End(changed.RunId!)).Status);
        Assert.Equal(library.Indexed[0], library.Indexed[1]);
        Assert.Equal("lib:e", (await library.Search("epsilon"))[0].DocumentId);
        host.Time.Advance(KnowledgeLimits.DropAfter + TimeSpan.FromSeconds(1));
        await library.Collection.Change(new("Renamed", null, null, null, "key", "rename")); // any command drops what is due
        Assert.Equal(2, Assert.Single(host.Index.Scopes(library.Tenant, TenantLibrary.Name)).Generation);
    }

    [Fact]
    public async Task A_cancelled_indexing_leaves_what_there_was()
    {
        var library = host.Library();
        await library.Create();
        await library.End(await library.Upload("first", TenantLibrary.Text("a", "Alpha.")));
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        host.Faults.Before = name =>
        {
            if (name != "IDocumentStore.List" || reached.Task.IsCompleted)
                return Task.CompletedTask;
            reached.TrySetResult();
            return go.Task;
        };
        var changed = await library.Embed("other/four");
        await reached.Task.Within("the run list the documents");
        host.Faults.Before = _ => Task.CompletedTask;
        await library.Of(changed.RunId!).Cancel();
        go.SetResult();
        var run = await library.End(changed.RunId!);
        Assert.Equal("cancelled", run.Status);
        Assert.Equal(changed.RunId, (await library.Embed("other/four")).RunId); // a repeat of the same command
        var again = await library.End((await library.Embed("other/four", "again")).RunId!);
        Assert.Equal("completed", again.Status);
        Assert.Equal(3, (await library.Collection.View())!.Generation);
    }

    [Fact]
    public async Task A_run_does_not_write_into_a_later_collection_of_the_same_name()
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
        var run = await library.Upload("first", TenantLibrary.Text("a", "Alpha."));
        await reached.Task.Within("the run read what was staged");
        host.Faults.Before = _ => Task.CompletedTask;
        await library.Collection.Delete();
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await library.Create(operation: "second");
        go.SetResult();
        var ended = await library.End(run);
        Assert.Equal(("failed", "collection_deleted"), (ended.Status, ended.Error!.Code));
        Assert.Empty(library.Indexed);
    }
}
