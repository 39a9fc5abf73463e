using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Colloquy.Clusters.Panels;

/// <summary>A panel that was convened and followed to its end.</summary>
internal sealed record EndedPanel(PlannedPanel Plan, string Id, WatchedRun Watched);

/// <summary>Convenes panels, watches them, and is the person on them.</summary>
internal sealed class Convener(Caller caller)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    public Task<EndedPanel> Run(PlannedPanel plan) => plan.Convening switch
    {
        Convening.BySession => RunBySession(plan),
        Convening.ByOpenAi => RunByOpenAi(plan),
        _ => RunByCall(plan),
    };

    public async Task<(string Id, string Run)> Convene(PlannedPanel plan)
    {
        var accepted = await caller.Post("/v1/panels", plan.Request);
        return ((string)accepted["panelId"]!, (string)accepted["runId"]!);
    }

    private async Task<EndedPanel> RunByCall(PlannedPanel plan)
    {
        var (id, run) = await Convene(plan);
        return await Follow(plan, id, run);
    }

    public async Task<EndedPanel> Follow(PlannedPanel plan, string id, string run) =>
        new(plan, id, await caller.Follow(run, item => Take(plan, id, item), Limit));

    private async Task<EndedPanel> RunBySession(PlannedPanel plan)
    {
        var session = await caller.Begin("regulatory-expert");
        var accepted = await caller.Post(
            $"/v1/sessions/{session}/messages",
            new { content = plan.Question, panel = new { protocol = plan.Protocol, agents = plan.Agents } });
        Task<EndedPanel>? panel = null;
        var talk = await caller.Follow((string)accepted["runId"]!, item =>
        {
            if (item.EventType is "panel.opened" && JsonNode.Parse(item.Data) is { } opened)
                panel = Follow(plan, (string)opened["panelId"]!, (string)opened["panelRunId"]!);
            return Task.CompletedTask;
        }, Limit);
        Assert.Empty(talk.Faults);
        Assert.NotNull(panel);
        var ended = await panel;
        var outcome = (await caller.Get($"/v1/panels/{ended.Id}"))["outcome"]!;
        Assert.Equal(ended.Watched.End, talk.End);
        Assert.StartsWith((string?)outcome["answer"] ?? "", talk.Final, StringComparison.Ordinal);
        return ended;
    }

    private async Task<EndedPanel> RunByOpenAi(PlannedPanel plan)
    {
        var answer = await caller.Post("/v1/chat/completions",
            new { model = $"panel:{plan.Protocol}", messages = new[] { new { role = "user", content = plan.Question } } });
        var listed = (await caller.Get("/v1/panels?limit=100"))["items"]!.AsArray();
        var summary = Assert.Single(listed, one => (string)one!["question"]! == plan.Question)!;
        var ended = await Follow(plan, (string)summary["id"]!, (string)summary["runId"]!);
        var outcome = (await caller.Get($"/v1/panels/{ended.Id}"))["outcome"]!;
        Assert.StartsWith((string)outcome["answer"]!, (string)answer["choices"]![0]!["message"]!["content"]!, StringComparison.Ordinal);
        return ended;
    }

    /// <summary>Does what the person does when a round opens.</summary>
    private async Task Take(PlannedPanel plan, string id, SseItem<string> item)
    {
        if (plan.Person is Person.None || item.EventType is not "panel.round.opened")
            return;
        var opened = JsonNode.Parse(item.Data)!;
        if (!opened["deadlines"]!.AsObject().ContainsKey(plan.PersonSeat))
            return;
        var round = (int)opened["round"]!;
        if (plan.IsSteered && round == 1)
            await caller.Post($"/v1/panels/{id}/steer", new { text = "Assume that somebody sleeps in the same room." });
        var asks = (await caller.Get($"/v1/panels/{id}"))["asks"]!.AsArray();
        var ask = Assert.Single(asks, one => (int)one!["round"]! == round && (string)one["seat"]! == plan.PersonSeat)!;
        var answer = Answer(plan, ask);
        await caller.Post($"/v1/panels/{id}/answers", answer);
        await caller.Post($"/v1/panels/{id}/answers", answer); // under another key: it changes nothing
    }

    private static object Answer(PlannedPanel plan, JsonNode ask)
    {
        var (seat, round) = (plan.PersonSeat, (int)ask["round"]!);
        if (plan.Person is Person.Declines)
            return new { seat, round, decline = true };
        var labels = ask["options"]!.AsArray().Select(option => (string)option!["label"]!).ToArray();
        return new
        {
            seat, round, answer = "I would not have it at home.", stance = "No, not at home", confidence = 0.7,
            estimate = plan.Protocol is "delphi" ? 15 : (double?)null, choice = labels is [var first, ..] ? first : null,
            points = new[] { "Who hears the alarm?" },
        };
    }
}
