using Colloquy.Agents;
using Colloquy.Selection;
using Colloquy.Tenants;

namespace Colloquy.Tests.Selection;

[Collection(SharedSelection.Name)]
public sealed class SelectorGrainTests(SelectionHost host)
{
    private const string Question = "Which class under the EU MDR does our diagnostic software fall into?";
    private const string Vague = "So which one of the two is better?";

    [Fact]
    public async Task A_question_of_one_field_gets_its_expert_with_signals_margin_and_alternatives()
    {
        var selection = await host.Selector(GrainHost.NewTenant()).Select(new(Question));
        Assert.Equal(("one", "ranker", 0), (selection.Decision, selection.Method, selection.Ranker));
        Assert.Equal("regulatory-expert", Assert.Single(selection.Agents));
        Assert.Equal(Signals.All.Order(StringComparer.Ordinal), selection.Scores[0].Signals.Keys);
        Assert.Equal(selection.Scores[0].Score - selection.Scores[1].Score, selection.Margin, 9);
        Assert.Equal(3, selection.Alternatives.Length);
    }

    [Fact]
    public async Task A_search_tells_rank_and_score_of_both_searches_and_what_matched()
    {
        var hits = await host.Selector(GrainHost.NewTenant()).Search(new(Question, Limit: 2));
        Assert.Equal(2, hits.Length);
        Assert.Equal("regulatory-expert", hits[0].Agent);
        Assert.Equal(["vectors.rank", "vectors.score", "words.rank", "words.score"], hits[0].Explain.Keys);
        Assert.Equal(2 / 61.0, hits[0].Score, 9);
        Assert.Contains("software", hits[0].Matched);
        Assert.Contains("Which class under the EU MDR does software that supports diagnostic decisions fall into?", hits[0].Matched);
    }

    [Fact]
    public async Task Overrides_change_the_ranking_survive_a_restart_and_stay_in_their_tenant()
    {
        var (tenant, other) = ($"t-{Guid.NewGuid():N}", GrainHost.NewTenant());
        var before = await host.Selector(other).Select(new(Question));
        CallerTenant.Set(tenant);
        var selector = host.Selector(tenant);
        for (var at = 0; at < 3; at++)
        {
            Assert.True(await selector.Learn(new($"{at}/taken", "override", Question, "clinical-researcher", Fits: true)));
            Assert.True(await selector.Learn(new($"{at}/aside", "override", Question, "regulatory-expert", Fits: false)));
        }
        await host.Restart(tenant);
        var after = await selector.Select(new(Question));
        Assert.Equal("clinical-researcher", after.Scores[0].Agent);
        Assert.Equal(6, after.Ranker);
        var ranker = await selector.Ranker();
        Assert.Equal((6, 6), (ranker.Version, ranker.Labels));
        Assert.NotEqual(ranker.Shipped[Signals.Words], ranker.Weights[Signals.Words]);

        CallerTenant.Set(other);
        Assert.Equal(before.Scores[0].Score, (await host.Selector(other).Select(new(Question))).Scores[0].Score);
        CallerTenant.Set(tenant);
        await selector.Reset();
        Assert.Equal(before.Scores[0].Score, (await selector.Select(new(Question))).Scores[0].Score);
    }

    [Fact]
    public async Task The_same_label_twice_is_learned_once()
    {
        var selector = host.Selector(GrainHost.NewTenant());
        var label = new SelectionLabel("key", "feedback", Question, "regulatory-expert", Fits: true);
        Assert.True(await selector.Learn(label));
        Assert.False(await selector.Learn(label));
        Assert.Equal(1, (await selector.Ranker()).Version);
    }

    [Fact]
    public async Task An_agent_that_is_published_is_found_at_once()
    {
        var tenant = GrainHost.NewTenant();
        var before = await host.Selector(tenant).Select(new("Which pump did the Viking ship carry?"));
        Assert.DoesNotContain("ships", before.Scores.Select(score => score.Agent));
        await host.Publish(tenant, Expert("ships", "Viking ships and their pumps"));
        Assert.Equal("ships", Assert.Single((await host.Selector(tenant).Select(new("Which pump did the Viking ship carry?"))).Agents));
    }

    [Fact]
    public async Task Who_is_not_entitled_not_able_not_there_or_not_healthy_is_left_out()
    {
        var tenant = GrainHost.NewTenant();
        await host.Plan(tenant, "free");
        var ship = Expert("s", "Viking ships");
        await host.Publish(tenant, ship with { Id = "premium", Plans = ["premium"] });
        await host.Publish(tenant, ship with { Id = "free", Plans = ["free"] });
        await host.Publish(tenant, ship with { Id = "german", Languages = ["de-AT"] });
        await host.Publish(tenant, ship with { Id = "nordic", Jurisdictions = ["no"] });
        await host.Publish(tenant, ship with { Id = "tooled", Tools = ["calculator"] });
        await host.Publish(tenant, ship with { Id = "broken", Model = "broken-model" });
        host.Model.Failing.Add("broken-model");
        Assert.Equal(["free", "german", "nordic", "tooled"], await Found(new("Viking ships")));
        Assert.Equal(["free", "nordic", "tooled"], await Found(new("Viking ships", Language: "fr")));
        Assert.Equal(["free", "german", "nordic", "tooled"], await Found(new("Viking ships", Language: "de")));
        Assert.Equal(["free", "german", "tooled"], await Found(new("Viking ships", Jurisdiction: "eu")));
        Assert.Equal(["tooled"], await Found(new("Viking ships", Tools: ["calculator"])));
        Assert.Equal(["german"], await Found(new("Viking ships", Agents: ["german", "premium"])));

        async Task<IEnumerable<string>> Found(AgentQuery query) => (await host.Selector(tenant).Select(query)).Scores
            .Where(score => score.Signals[Signals.Tags] > 0.3).Select(score => score.Agent).Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("""{"decision":"one","agents":["clinical-researcher"]}""", "model", "one")]
    [InlineData("""{"decision":"one","agents":["stranger"]}""", "ranker_fallback", null)]
    [InlineData("""{"decision":"several","agents":["clinical-researcher"]}""", "ranker_fallback", null)]
    [InlineData("I would ask Bob.", "ranker_fallback", null)]
    [InlineData("fail", "ranker_fallback", null)]
    public async Task Where_the_ranker_is_not_sure_the_model_chooses_among_its_candidates_or_not_at_all(
        string answer, string method, string? decision)
    {
        var tenant = GrainHost.NewTenant();
        var unsure = await host.Selector(tenant).Select(new(Vague));
        Assert.NotEqual("one", unsure.Decision);
        await host.Budget(tenant).Limit(100_000);
        host.Model.Answer = answer;
        try
        {
            var selection = await host.Selector(tenant).Select(new(Vague));
            Assert.Equal((method, decision ?? unsure.Decision), (selection.Method, selection.Decision));
            Assert.InRange((await host.Budget(tenant).View()).Spent, answer == "fail" ? 200 : 77, answer == "fail" ? 5_000 : 77);
            Assert.Equal(0, (await host.Budget(tenant).View()).Reserved);
            await host.Budget(tenant).Limit(0);
            Assert.Equal("ranker_fallback", (await host.Selector(tenant).Select(new($"{Vague} Again?"))).Method);
        }
        finally
        {
            host.Model.Answer = null;
        }
    }

    [Fact]
    public async Task An_evaluation_without_questions_takes_the_held_out_half()
    {
        var report = await host.Selector(GrainHost.NewTenant()).Evaluate([]);
        Assert.Equal(LabelledSet.HeldOut.Length, report.Questions);
    }

    private static AgentProfile Expert(string id, string skill) => new(
        id, "Naval historian", "Tells of ships.", "You are a historian.", [], [], [], [], [], null, 0.2, 100, 1) { Skills = [skill] };
}
