using System.Collections.Immutable;
using System.Text.Json;
using Colloquy.Agents;
using Colloquy.Doubles;
using Colloquy.Journals;
using Colloquy.Panels;
using Colloquy.Sessions;
using Colloquy.Tenants;

namespace Colloquy.Tests.Sessions;

public sealed class PanelTurnTests(SessionHost host) : IClassFixture<SessionHost>
{
    private static SendMessage Put(string question, SessionPanel panel, string operation = "panel") =>
        new("key", question, null, OnBusy.Enqueue, operation, "print", Panel: panel);

    private async Task<OpenSession> Begin(string tenant)
    {
        var session = await host.Begin(tenant);
        var other = new AgentProfile("other", "Other", "", "You are another.", [], [], [], [], [], null, 0, 100, 1);
        await host.Grain<IAgentGrain>(tenant, "other").Create(other, "op", null);
        return session;
    }

    private static async Task<ImmutableArray<SessionEvent>> Events(OpenSession session) =>
        [.. (await session.Export()).Select(line => JsonSerializer.Deserialize<SessionEvent>(line, JournalJson.Options)!)];

    [Fact]
    public async Task A_message_put_to_a_panel_is_answered_by_its_outcome_and_the_conversation_goes_on()
    {
        var tenant = GrainHost.NewTenant();
        var session = await Begin(tenant);
        await session.End((await session.Ask("What was before?", "before")).RunId!);

        var sent = await session.Grain.Send(Put("Is it so?", new(PanelProtocols.Parallel, ["expert", "other"])));
        var run = await session.End(sent.RunId!);

        Assert.Equal(("completed", AgentIds.Panel), (run.Status, run.Agent));
        var events = await Events(session);
        var opened = Assert.Single(events.OfType<PanelOpened>());
        var panel = (await host.Grain<IPanelGrain>(tenant, opened.PanelId).View())!;
        Assert.Equal(("completed", session.Id), (panel.Status, panel.Session));
        Assert.Equal(["expert", "other"], panel.Seats.Where(seat => seat.Id != PanelIds.Chair).Select(seat => seat.Agent));
        Assert.Contains("What was before?", panel.Question, StringComparison.Ordinal);
        Assert.StartsWith("Is it so?", panel.Question, StringComparison.Ordinal);

        var answer = Assert.Single(events.OfType<MessageCompleted>(), e => e.RunId == run.Id);
        Assert.Equal((opened.PanelId, AgentIds.Panel), (answer.PanelId, answer.Agent));
        Assert.StartsWith(panel.Outcome!.Answer!, answer.Content, StringComparison.Ordinal);
        Assert.Contains("Minority report", answer.Content, StringComparison.Ordinal);
        Assert.Equal(panel.Usage, run.Usage);
        Assert.Contains("Minority report", (await session.Grain.Context())!.Window[^1].Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeat_finds_the_same_run_and_the_same_panel()
    {
        var session = await Begin(GrainHost.NewTenant());
        var panel = new SessionPanel(PanelProtocols.Vote, ["expert", "other"]);
        var first = await session.Grain.Send(Put("Is it so?", panel));
        Assert.Equal(first, await session.Grain.Send(Put("Is it so?", panel)));
        await session.End(first.RunId!);
        Assert.Single((await Events(session)).OfType<PanelOpened>());
    }

    [Fact]
    public async Task A_panel_with_somebody_unknown_is_refused_and_nothing_is_journaled()
    {
        var session = await Begin(GrainHost.NewTenant());
        var sent = await session.Grain.Send(Put("Is it so?", new(PanelProtocols.Parallel, ["expert", "nobody"])));
        Assert.Equal(SendStatus.UnknownAgent, sent.Status);
        Assert.Empty((await Events(session)).OfType<MessageAccepted>());
    }

    [Fact]
    public async Task Cancelling_the_run_cancels_the_panel()
    {
        var tenant = GrainHost.NewTenant();
        var session = await Begin(tenant);
        var sent = await session.Grain.Send(Put("one wait two", new(PanelProtocols.Parallel, ["expert", "other"])));
        await host.Model.Stopped.Task.Within("a seat stop in the middle");
        var panel = host.Grain<IPanelGrain>(tenant, PanelIds.Panel(tenant, sent.RunId!));

        Assert.Equal("cancelled", (await session.Grain.Cancel(sent.RunId!))!.Status);

        Assert.Equal("cancelled", (await panel.Await())!.Status);
        Assert.Equal("cancelled", (await session.Messages())[1].Finish);
    }
}
