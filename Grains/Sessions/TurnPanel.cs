using System.Text;
using Colloquy.Kernel;
using Colloquy.Panels;
using Colloquy.Runs;
using Colloquy.Tenants;

namespace Colloquy.Sessions;

/// <summary>Has a panel answer a run: convenes it, waits for its end, and tells its outcome as the answer.</summary>
/// <remarks>The panel's id follows from the run's, so a further attempt finds the panel of the one before.</remarks>
internal sealed class TurnPanel(string tenant, SessionState state, RunState run, IGrainFactory grains, Delivery delivery)
{
    /// <summary>The panel ends with what it has so long before the run would.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private readonly string _id = PanelIds.Panel(tenant, run.Id);

    private IPanelGrain Panel => grains.GetGrain<IPanelGrain>(TenantKey.For(tenant, _id));

    /// <param name="opened">Commits that the panel is at work, by its protocol; false if the run has ended.</param>
    public async Task<TurnOutcome> Write(
        string question, LiveAnswer live, Func<PanelView, Task<bool>> opened, CancellationToken cancellation)
    {
        var result = await delivery.Ask(run.Id, () => Panel.Convene(Command(question)));
        if (result.Status is not PanelStatus.Accepted)
            return Refused(result);
        var view = await delivery.Ask(run.Id, () => Panel.View());
        if (view is not null && !await opened(view))
            throw new OperationCanceledException("The run has ended.");
        while (view is { EndedAt: null })
        {
            cancellation.ThrowIfCancellationRequested();
            view = await delivery.Ask(run.Id, () => Panel.Await());
        }
        return view is null ? Failed(new("panel_gone", "The panel was deleted while it was at work.")) : Told(view, live);
    }

    private TurnOutcome Told(PanelView view, LiveAnswer live)
    {
        if (view is not { Status: "completed", Outcome: { } outcome })
            return Of(view);
        live.Append($"{outcome.Answer}\n\n{outcome.Summary}");
        live.Flush();
        return new(Finish.Completed, live.Text, [], outcome.Citations, outcome.Confidence, view.Usage, null, null, null)
        {
            PanelId = _id,
        };
    }

    /// <summary>Ends the panel of a run that has ended. One that has ended itself stays as it is.</summary>
    public Task Abandon() => delivery.Ask(run.Id, () => Panel.Cancel());

    private ConvenePanel Command(string question)
    {
        var panel = run.Panel!;
        return ConvenePanel.Of(run.Author, Question(question), panel.Protocol, panel.Agents, run.Id) with
        {
            Rule = panel.Rule, Cycles = panel.Cycles, Quorum = panel.Quorum, Standing = panel.Standing, Session = state.Id,
            Deadline = (run.StartedAt ?? run.AcceptedAt) + SessionLimits.RunTime - Margin,
        };
    }

    /// <summary>The question, which is what experts are found by, and behind it as much of the conversation as there is room for:
    /// the latest of it.</summary>
    private string Question(string question)
    {
        const string Heading = "\n\nEarlier in this conversation:\n";
        var before = new StringBuilder();
        foreach (var exchange in state.Window)
            before.Append("User: ").Append(exchange.Question).Append("\nExpert: ").Append(exchange.Answer).Append("\n\n");
        var room = PanelLimits.QuestionCharacters - question.Length - Heading.Length;
        return before.Length == 0 || room <= 0 ? Texts.First(question, PanelLimits.QuestionCharacters)
            : question + Heading + Texts.Last(before.ToString().TrimEnd(), room);
    }

    private static TurnOutcome Of(PanelView view) => view.Status switch
    {
        "budget_exhausted" => Failed(null, Finish.BudgetExhausted, view.Usage),
        "failed" => Failed(view.Error!, usage: view.Usage),
        var status => Failed(new($"panel_{status}", $"The panel that was to answer ended as {status}."), usage: view.Usage),
    };

    private static TurnOutcome Refused(PanelResult result) => result.Status switch
    {
        PanelStatus.OverBudget => Failed(null, Finish.BudgetExhausted),
        PanelStatus.UnknownAgent => Failed(new("unknown_agent", $"There is no agent {result.Detail} any more.")),
        PanelStatus.UnknownStanding => Failed(new("unknown_standing_panel", $"There is no standing panel {result.Detail}.")),
        PanelStatus.CannotCompose => Failed(new("cannot_compose", "Too few experts here cover this question for a panel.")),
        var status => Failed(new("panel_refused", $"The panel was refused: {status}.")),
    };

    private static TurnOutcome Failed(RunError? error, string finish = Finish.Failed, Usage? usage = null) =>
        new(finish, "", [], [], null, usage ?? Usage.None, null, error, null);
}
