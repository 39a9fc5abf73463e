using System.Net;
using System.Net.Http.Json;

namespace Colloquy.Tests.Selection;

[Collection(ApiTests.Name)]
public sealed class SelectionTests(ApiHost host)
{
    private const string Question = "Which class under the EU MDR does our diagnostic software fall into?";

    [Fact]
    public async Task A_search_ranks_and_explains()
    {
        var client = await host.Tenant();
        var answer = await (await client.PostAsJsonAsync("/v1/agents/search", new { query = Question, limit = 3 })).Json();
        Assert.Equal(3, answer["items"]!.AsArray().Count);
        Assert.Equal("regulatory-expert", (string)answer["items"]![0]!["agent"]!);
        Assert.Equal(1, (double)answer["items"]![0]!["explain"]!["words.rank"]!);
    }

    [Fact]
    public async Task A_selection_has_the_shape_of_the_contract()
    {
        var client = await host.Tenant("user");
        var answer = await (await client.PostAsJsonAsync("/v1/agents/select", new { query = Question, jurisdiction = "eu" })).Json();
        Assert.Equal("one", (string)answer["decision"]!);
        Assert.Equal("regulatory-expert", (string)answer["agents"]![0]!);
        Assert.Equal("ranker", (string)answer["method"]!);
        Assert.InRange((double)answer["scores"]![0]!["signals"]!["words"]!, 0.01, 1);
        Assert.Equal((0, 3), ((long)answer["ranker"]!, answer["alternatives"]!.AsArray().Count));
    }

    [Theory]
    [InlineData("search")]
    [InlineData("select")]
    public async Task A_query_that_makes_no_sense_is_refused(string route)
    {
        var client = await host.Tenant();
        var path = $"/v1/agents/{route}";
        await (await client.PostAsJsonAsync(path, new { query = " " })).IsProblem(422, "invalid_value");
        await (await client.PostAsJsonAsync(path, new { })).IsProblem(422, "invalid_value");
        await (await client.PostAsJsonAsync(path, new { query = "x", limit = 51 })).IsProblem(422, "invalid_value");
        await (await client.PostAsJsonAsync(path, new { query = "x", language = "d" })).IsProblem(422, "invalid_value");
        await (await client.PostAsJsonAsync(path, new { query = "x", jurisdiction = "" })).IsProblem(422, "invalid_value");
        await (await client.PostAsJsonAsync(path, new { query = new string('x', 8_193) })).IsProblem(413, "content_too_large");
        await (await client.PostText(path, $$"""{"query":"{{new string('x', 1024 * 1024)}}"}""")).IsProblem(413, "body_too_large");
    }

    [Fact]
    public async Task An_evaluation_reports_the_shipped_set_or_ones_own()
    {
        var client = await host.Tenant();
        var shipped = await (await client.PostAsync("/v1/agents/selection/evaluate", null)).Json();
        Assert.InRange((int)shipped["questions"]!, 110, 200);
        Assert.True((double)shipped["selector"]!["topOne"]! > (double)shipped["words"]!["topOne"]!);
        var own = await (await client.PostAsJsonAsync("/v1/agents/selection/evaluate", new
        {
            questions = new[] { new { text = Question, acceptable = new[] { "regulatory-expert" }, expect = "one" } },
        })).Json();
        Assert.Equal((1, 1), ((int)own["questions"]!, (double)own["selector"]!["exactMatch"]!));
    }

    [Theory]
    [InlineData("""{"questions":[]}""", "invalid_value")]
    [InlineData("""{"questions":[null]}""", "invalid_value")]
    [InlineData("""{"questions":[{"text":"","acceptable":[],"expect":"none"}]}""", "invalid_value")]
    [InlineData("""{"questions":[{"text":"x","acceptable":[],"expect":"perhaps"}]}""", "invalid_value")]
    [InlineData("""{"questions":[{"text":"x","acceptable":[],"expect":"one"}]}""", "invalid_value")]
    [InlineData("""{"questions":[{"text":"x","acceptable":["nobody"],"expect":"one"}]}""", "unknown_agent")]
    public async Task A_labelled_set_that_makes_no_sense_is_refused(string body, string code)
    {
        var client = await host.Tenant();
        await (await client.PostText("/v1/agents/selection/evaluate", body)).IsProblem(422, code);
    }

    [Fact]
    public async Task Too_many_labelled_questions_are_refused()
    {
        var client = await host.Tenant();
        var questions = Enumerable.Range(0, 501).Select(at => new { text = $"q{at}", acceptable = Array.Empty<string>(), expect = "none" });
        await (await client.PostAsJsonAsync("/v1/agents/selection/evaluate", new { questions })).IsProblem(422, "invalid_value");
    }

    [Fact]
    public async Task The_ranker_is_seen_by_all_and_forgotten_by_administrators()
    {
        var (admin, user) = (await host.Tenant(), await host.Tenant("user"));
        var ranker = await user.GetJson("/v1/agents/selection/ranker");
        Assert.Equal(0, (long)ranker["version"]!);
        Assert.Equal((double)ranker["shipped"]!["words"]!, (double)ranker["weights"]!["words"]!);
        await (await user.DeleteAsync("/v1/agents/selection/ranker")).IsProblem(403, "forbidden");
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync("/v1/agents/selection/ranker")).StatusCode);
    }

    [Fact]
    public async Task An_agent_carries_skills_languages_jurisdictions_plans_and_its_threshold()
    {
        var client = await host.Tenant();
        var made = await (await client.PostAsJsonAsync("/v1/agents", new
        {
            id = "ships", name = "Ships", persona = "You know ships.", skills = new[] { "Viking ships" },
            languages = new[] { "no", "pt-BR" },
            jurisdictions = new[] { "no" }, plans = new[] { "free" }, abstainBelow = 0.4,
        })).Json();
        Assert.Equal(("Viking ships", "pt-BR", "no", "free", 0.4), ((string)made["skills"]![0]!, (string)made["languages"]![1]!,
            (string)made["jurisdictions"]![0]!, (string)made["plans"]![0]!, (double)made["abstainBelow"]!));
        var changed = await (await client.PatchAsJsonAsync("/v1/agents/ships", new { skills = new[] { "Long ships" } })).Json();
        Assert.Equal(("Viking ships", "Long ships"), ((string)changed["skills"]![0]!, (string)changed["draft"]!["skills"]![0]!));
        await (await client.PatchAsJsonAsync("/v1/agents/ships", new { plans = new[] { "gold" } })).IsProblem(422, "invalid_value");
        await (await client.PatchAsJsonAsync("/v1/agents/ships", new { languages = new[] { "?" } })).IsProblem(422, "invalid_value");
        await (await client.PatchAsJsonAsync("/v1/agents/ships", new { abstainBelow = 2 })).IsProblem(422, "invalid_value");
    }
}
