using Colloquy.Knowledge;
using Colloquy.Models;

namespace Colloquy.Tests.Knowledge.Retrieval;

public sealed class HybridKnowledgeTests(KnowledgeHost host) : IClassFixture<KnowledgeHost>
{
    [Fact]
    public async Task A_change_is_seen_in_seconds_and_the_same_question_is_asked_once()
    {
        var library = host.Library();
        await library.Create();
        await library.End(await library.Upload("one", TenantLibrary.Text("a", "Colchicine helps in gout.")));
        await library.Search("colchicine");
        var calls = host.Embedders.Calls;
        Assert.Single(await library.Search("colchicine"));
        Assert.Equal(calls, host.Embedders.Calls);
        await library.Collection.Remove("a");
        host.Time.Advance(KnowledgeLimits.AnswerAge + TimeSpan.FromSeconds(1)); // the collection may live on another silo
        Assert.Empty(await library.Search("colchicine"));
    }

    [Fact]
    public async Task What_has_nothing_to_do_with_the_question_is_left_out()
    {
        var library = host.Library();
        await library.Create();
        await library.End(await library.Upload("one", TenantLibrary.Text("a", "Colchicine helps in gout.")));
        Assert.Empty(await library.Search("zyxwvut qwerty"));
    }

    [Fact]
    public async Task Fields_filter_and_weigh()
    {
        var library = host.Library();
        await library.Create();
        const string text = "Drug X lowers blood pressure in ";
        await library.End(await library.Upload("one",
            TenantLibrary.Text("weak", text + "an opinion paper from somebody.", new(EvidenceLevel: "5", Population: "adults")),
            TenantLibrary.Text("strong", text + "a large pooled review.", new(EvidenceLevel: "1", Population: "children")),
            TenantLibrary.Text("gone", text + "a withdrawn trial.", new(EvidenceLevel: "1", IsRetracted: true))));
        var found = await library.Search("drug X blood pressure");
        Assert.Equal(["lib:strong", "lib:weak"], found.Select(one => one.DocumentId));
        Assert.Equal(["lib:weak"], (await library.Search("drug X blood pressure", new(Populations: ["adults"]))).Select(one =>
            one.DocumentId));
        Assert.Contains("lib:gone", (await library.Search("drug X blood pressure", new(IncludeRetracted: true))).Select(one =>
            one.DocumentId));
        Assert.Equal(["lib:strong"], (await library.Search("drug X blood pressure",
            new(Documents: ["lib:strong"]))).Select(one => one.DocumentId));
    }

    [Fact]
    public async Task Another_tenant_finds_nothing_of_it_whatever_it_filters()
    {
        var library = host.Library();
        await library.Create();
        await library.End(await library.Upload("one", TenantLibrary.Text("a", "Colchicine helps in gout.", new(EvidenceLevel: "1"))));
        var other = host.Library();
        await other.Create();
        foreach (var filter in new KnowledgeFilter[] { new(), new(Documents: ["lib:a"]), new(EvidenceAtLeast: "1"),
            new(IncludeRetracted: true) })
            Assert.Empty(await other.Search("colchicine gout", filter));
        Assert.Null(await host.Grain<IKnowledgeGrain>(other.Tenant, "knowledge").Document("lib:a"));
        Assert.Empty(await other.Search("colchicine gout"));
    }

    [Fact]
    public async Task Shipped_notes_are_searched_beside_a_tenants_own()
    {
        var library = host.Library();
        await library.Create();
        await library.End(await library.Upload("one", TenantLibrary.Text("a", "Metformin is in our formulary.")));
        var result = await host.Grain<IKnowledgeGrain>(library.Tenant, "knowledge").Search(new(["lib", "medicine"], "metformin", 8));
        Assert.Contains(result.Passages, one => one.DocumentId == "lib:a");
        Assert.Contains(result.Passages, one => one.DocumentId.StartsWith("note_medicine_", StringComparison.Ordinal));
        Assert.Equal(result.Passages.Select(one => one.Score).OrderDescending(), result.Passages.Select(one => one.Score));
    }

    [Fact]
    public async Task Unknown_collections_and_failing_models_are_told()
    {
        var library = host.Library();
        await library.Create("other/failing");
        var knowledge = host.Grain<IKnowledgeGrain>(library.Tenant, "knowledge");
        var unknown = await knowledge.Search(new(["lib", "nobody"], "gout", 8));
        Assert.Equal((SearchStatus.UnknownCollection, "nobody"), (unknown.Status, unknown.Name));
        host.Embedders.Fault = name => name == "other/failing" ? new ModelException(ModelErrors.Stalled, "No.") : null;
        var failed = await knowledge.Search(new(["lib"], "gout", 8));
        host.Embedders.Fault = _ => null;
        Assert.Equal((SearchStatus.EmbedderFailed, ModelErrors.Stalled), (failed.Status, failed.Name));
    }

    [Fact]
    public async Task A_long_section_is_found_in_parts_that_do_not_overlap()
    {
        var library = host.Library();
        await library.Create();
        var text = string.Concat(Enumerable.Range(0, 60).Select(n => $"Sentence {n} tells about dosing of warfarin, item {n * 7}. "));
        await library.End(await library.Upload("one", TenantLibrary.Text("a", text)));
        var document = (await host.Grain<IKnowledgeGrain>(library.Tenant, "knowledge").Document("lib:a"))!;
        var found = (await library.Search("dosing of warfarin")).OrderBy(one => one.Start).ToList();
        Assert.True(found.Count > 1);
        Assert.All(found, one => Assert.Equal(one.Text, document.Text.Substring(one.Start, one.Text.Length)));
        Assert.All(found.Zip(found.Skip(1)), pair => Assert.True(pair.First.Start + pair.First.Text.Length <= pair.Second.Start));
    }
}
