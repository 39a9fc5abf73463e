using System.Globalization;
using System.Net.Http.Json;

namespace Colloquy.Tests.Panels;

/// <summary>What is wrong with a request, each with its code and a sentence that names the field.</summary>
[Collection(ApiTests.Name)]
public sealed class PanelInputTests(ApiHost host)
{
    [Theory]
    [InlineData("", 400, "invalid_request", null)]
    [InlineData("[]", 400, "invalid_request", null)]
    [InlineData("""{"question":"Q","moderator":"x"}""", 400, "invalid_request", null)]
    [InlineData("""{"question":"Q","rounds":"2"}""", 400, "invalid_request", null)]
    [InlineData("""{"question":"Q","deadline":"tomorrow"}""", 400, "invalid_request", null)]
    [InlineData("{}", 422, "invalid_value", "question")]
    [InlineData("""{"question":" "}""", 422, "invalid_value", "question")]
    [InlineData("""{"question":"Q","protocol":"palaver"}""", 422, "invalid_value", "protocol")]
    [InlineData("""{"question":"Q","agents":["regulatory-expert"]}""", 422, "invalid_value", "agents")]
    [InlineData("""{"question":"Q","agents":["regulatory-expert","regulatory-expert"]}""", 422, "invalid_value", "agents")]
    [InlineData("""{"question":"Q","agents":["regulatory-expert","../other"]}""", 422, "invalid_value", "agents")]
    [InlineData("""{"question":"Q","agents":["regulatory-expert",null]}""", 422, "invalid_value", "agents")]
    [InlineData("""{"question":"Q","agents":["regulatory-expert","nobody-knows"]}""", 422, "unknown_agent", "agents")]
    [InlineData("""{"question":"Q","chair":"nobody-knows","agents":["regulatory-expert","medical-specialist"]}""",
        422, "unknown_agent", "agents")]
    [InlineData("""{"question":"Q","protocol":"adversarial","agents":["regulatory-expert","medical-specialist","clinical-researcher"]}""",
        422, "invalid_value", "agents")]
    [InlineData("""{"question":"Q","agents":[]}""", 422, "invalid_value", "agents")]
    [InlineData("""{"question":"Q","agents":[],"people":["Ada","Bo"]}""", 422, "invalid_value", "chair")]
    [InlineData("""{"question":"Q","people":["Ada",""]}""", 422, "invalid_value", "people")]
    [InlineData("""{"question":"Q","people":["Ada"," "]}""", 422, "invalid_value", "people")]
    [InlineData("""{"question":"Q","people":["Ada","ada "]}""", 422, "invalid_value", "people")]
    [InlineData("""{"question":"Q","agents":["regulatory-expert"],"standing":"board"}""", 422, "invalid_value", "agents")]
    [InlineData("""{"question":"Q","protocol":"vote","standing":"No Name"}""", 422, "invalid_value", "standing")]
    [InlineData("""{"question":"Q","rule":"borda"}""", 422, "invalid_value", "rule")]
    [InlineData("""{"question":"Q","protocol":"vote","rule":"lots"}""", 422, "invalid_value", "rule")]
    [InlineData("""{"question":"Q","protocol":"vote","chair":"regulatory-expert"}""", 422, "invalid_value", "chair")]
    [InlineData("""{"question":"Q","rounds":0}""", 422, "invalid_value", "rounds")]
    [InlineData("""{"question":"Q","rounds":7}""", 422, "invalid_value", "rounds")]
    [InlineData("""{"question":"Q","quorum":0}""", 422, "invalid_value", "quorum")]
    [InlineData("""{"question":"Q","agents":["regulatory-expert","medical-specialist"],"quorum":3}""", 422, "invalid_value", "quorum")]
    [InlineData("""{"question":"Which clinical evidence does the regulation of medical devices ask for?","quorum":12}""",
        422, "invalid_value", "agents")]
    [InlineData("""{"question":"Q","threshold":0.5}""", 422, "invalid_value", "threshold")]
    [InlineData("""{"question":"Q","threshold":1.01}""", 422, "invalid_value", "threshold")]
    [InlineData("""{"question":"Q","protocol":"vote","options":["one"]}""", 422, "invalid_value", "options")]
    [InlineData("""{"question":"Q","protocol":"vote","options":["one","One"]}""", 422, "invalid_value", "options")]
    [InlineData("""{"question":"Q","options":["one","two"]}""", 422, "invalid_value", "options")]
    [InlineData("""{"question":"Q","criteria":["clarity"]}""", 422, "invalid_value", "criteria")]
    [InlineData("""{"question":"Q","protocol":"review","criteria":[]}""", 422, "invalid_value", "criteria")]
    [InlineData("""{"question":"Q","subject":"A text."}""", 422, "invalid_value", "subject")]
    [InlineData("""{"question":"Q","seatTokens":0}""", 422, "invalid_value", "seatTokens")]
    [InlineData("""{"question":"Q","seed":9007199254740992}""", 422, "invalid_value", "seed")]
    [InlineData("""{"question":"Q","seatSeconds":0}""", 422, "invalid_value", "seatSeconds")]
    [InlineData("""{"question":"Q","seatSeconds":601}""", 422, "invalid_value", "seatSeconds")]
    [InlineData("""{"question":"Q","personSeconds":604801}""", 422, "invalid_value", "personSeconds")]
    [InlineData("""{"question":"Q","deadline":"2001-01-01T00:00:00Z"}""", 422, "invalid_value", "deadline")]
    [InlineData("""{"question":"Q","deadline":"2999-01-01T00:00:00Z"}""", 422, "invalid_value", "deadline")]
    public async Task What_no_panel_can_be_made_of_is_refused(string body, int status, string code, string? field)
    {
        var client = await host.Tenant();
        var problem = await (await client.PostText("/v1/panels", body)).IsProblem(status, code);
        Assert.NotEmpty((string)problem["detail"]!);
        if (field is not null)
            Assert.NotEmpty((string)problem["errors"]![field]![0]!);
        Assert.Empty((await client.GetJson("/v1/panels"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Too_many_of_anything_are_refused()
    {
        var client = await host.Tenant();
        string[] Many(int count) => [.. Enumerable.Range(0, count).Select(at => string.Create(CultureInfo.InvariantCulture,
            $"a{at}"))];
        await (await client.PostAsJsonAsync("/v1/panels", new { question = "Q", agents = Many(50) })).IsProblem(422,
            "invalid_value");
        await (await client.PostAsJsonAsync("/v1/panels", new { question = "Q", people = Many(13) })).IsProblem(422,
            "invalid_value");
        await (await client.PostAsJsonAsync("/v1/panels", new { question = "Q", people = new[] { new string('a', 101) } }))
            .IsProblem(422, "invalid_value");
        await (await client.PostAsJsonAsync("/v1/panels", new { question = "Q", protocol = "vote", options = Many(13) }))
            .IsProblem(422, "invalid_value");
        await (await client.PostAsJsonAsync("/v1/panels", new { question = new string('q', 8_001) })).IsProblem(413,
            "content_too_large");
    }

    [Fact]
    public async Task Another_tenants_agent_is_unknown()
    {
        var (own, other) = (await host.Tenant(), await host.Tenant());
        var made = await other.PostAsJsonAsync("/v1/agents", new { id = "private-expert", name = "Private",
            persona = "You know.", domains = new[] { "secrets" } });
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        await other.PostAsync("/v1/agents/private-expert/publish", null);
        var problem = await (await own.PostAsJsonAsync("/v1/panels", new { question = "Q",
            agents = new[] { "regulatory-expert", "private-expert" } }))
            .IsProblem(422, "unknown_agent");
        Assert.Contains("private-expert", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_budget_that_is_used_up_convenes_nobody()
    {
        var client = await host.Tenant();
        await client.PutAsJsonAsync("/v1/budgets/tenant", new { tokens = 0 });
        await (await client.PostText("/v1/panels", PanelCalls.People)).IsProblem(402, "budget_exhausted");
    }

    [Theory]
    [InlineData("{}", "seat")]
    [InlineData("""{"seat":"s1","answer":"Yes"}""", "round")]
    [InlineData("""{"seat":"s1","round":0,"answer":"Yes"}""", "round")]
    [InlineData("""{"seat":"s1","round":1}""", "answer")]
    [InlineData("""{"seat":"s1","round":1,"answer":" "}""", "answer")]
    [InlineData("""{"seat":"s1","round":1,"answer":"Yes","decline":true}""", "decline")]
    [InlineData("""{"seat":"s1","round":1,"answer":"Yes","confidence":1.1}""", "confidence")]
    [InlineData("""{"seat":"s1","round":1,"estimate":1e16}""", "estimate")]
    [InlineData("""{"seat":"s1","round":1,"ranking":["A","A"]}""", "ranking")]
    [InlineData("""{"seat":"s1","round":1,"scores":{"clarity":6}}""", "scores")]
    public async Task What_is_no_answer_is_refused(string body, string field)
    {
        var client = await host.Tenant();
        var (panel, _) = await client.ConvenePeople();
        var problem = await (await client.PostText($"/v1/panels/{panel}/answers", body)).IsProblem(422, "invalid_value");
        Assert.NotEmpty((string)problem["errors"]![field]![0]!);
    }

    [Fact]
    public async Task What_is_too_long_to_be_said_is_refused()
    {
        var client = await host.Tenant();
        var (panel, _) = await client.ConvenePeople();
        await (await client.PostAsJsonAsync($"/v1/panels/{panel}/answers", new { seat = "s1", round = 1,
            answer = new string('a', 16_001) }))
            .IsProblem(413, "content_too_large");
        await (await client.PostAsJsonAsync($"/v1/panels/{panel}/steer", new { text = new string('a', 2_001) }))
            .IsProblem(413, "content_too_large");
        await (await client.PostAsJsonAsync($"/v1/panels/{panel}/steer", new { text = "" })).IsProblem(422, "invalid_value");
    }

    [Theory]
    [InlineData("pan_")]
    [InlineData("pan_0123456789abcdefghjkmnpqr")]
    [InlineData("pan_0123456789ABCDEFGHJKMNPQRS")]
    [InlineData("ses_0123456789abcdefghjkmnpqrs")]
    [InlineData("pan_0123456789abcdefghjkmnpqrs")]
    public async Task An_id_that_is_none_names_no_panel(string id)
    {
        var client = await host.Tenant();
        foreach (var path in new[] { "", "/events", "/seats/s1" })
            await (await client.GetAsync($"/v1/panels/{id}{path}")).IsProblem(404, "panel_not_found");
        await (await client.PostAsJsonAsync($"/v1/panels/{id}/steer", new { text = "Yes" })).IsProblem(404, "panel_not_found");
        await (await client.PostAsJsonAsync($"/v1/panels/{id}/answers", new { seat = "s1", round = 1, answer = "Yes" }))
            .IsProblem(404, "panel_not_found");
        await (await client.PostAsync($"/v1/panels/{id}/cancel", null)).IsProblem(404, "panel_not_found");
        await (await client.DeleteAsync($"/v1/panels/{id}")).IsProblem(404, "panel_not_found");
        await (await client.GetAsync($"/v1/runs/run_{id}")).IsProblem(404, "run_not_found");
    }
}
