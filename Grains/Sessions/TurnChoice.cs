using System.Text.Json;
using Colloquy.Agents;
using Colloquy.Journals;
using Colloquy.Knowledge;
using Colloquy.Panels;
using Colloquy.Selection;
using Colloquy.Tenants;

namespace Colloquy.Sessions;

/// <summary>Who answers a run: the agent that was named with it, or the one that is selected now.</summary>
internal sealed class TurnChoice(string tenant, IJournalStore store, string key, IGrainFactory grains, Delivery delivery)
{
    /// <summary>A question of fewer words of meaning is understood together with the one before it: "and for children?".</summary>
    private const int WordsAlone = 5;

    /// <summary>From this share of common words on, a question is the earlier one asked again.</summary>
    private const double AskedAgain = 0.5;

    /// <summary>The agent of a run in the version that is pinned.</summary>
    public async Task<AgentProfile> Pinned(string runId, string agent, int version) =>
        await delivery.Ask(runId, () => Agent(agent).At(version))
            ?? throw new InvalidOperationException($"{agent} has no version {version}.");

    /// <summary>Selects. The agent is null where the service answers itself, with the reply, and where several were chosen: they
    /// answer as a panel.</summary>
    public async Task<(AgentSelection Selection, AgentProfile? Agent, string? Reply, SessionPanel? Panel)> Select(
        SessionState state, RunState run, string question)
    {
        var selection = await delivery.Ask(run.Id, () => Selector.Select(new(Text(state, question))));
        var chosen = new List<AgentProfile>();
        foreach (var candidate in selection.Agents.Take(PanelLimits.SeatsMax))
            if (await delivery.Ask(run.Id, () => Agent(candidate).Published()) is { } agent)
                chosen.Add(agent);
        return chosen switch
        {
            [] => (selection, null, selection.Question ?? SelectionReplies.Nobody, null), // not guessed around
            [var one] => (selection, one, null, null),
            _ => (selection, null, null, new(PanelProtocols.Parallel, [.. chosen.Select(agent => agent.Id)])),
        };
    }

    /// <summary>Tells the selector that its choice was set aside: the taken agent fits this question, and the chosen one does not
    /// fit the earlier question if this is the same one asked again. A repeat changes nothing.</summary>
    public async Task Teach(RunState run, string question, CancellationToken cancellation)
    {
        if (run.Overrides is not { } chosen || run.Agent == AgentIds.Auto)
            return;
        await delivery.Ask(run.Id, () => Selector.Learn(new($"{run.Id}/taken", "override", Clipped(question), run.Agent, Fits: true)));
        if (await Earlier(chosen.RunId, cancellation) is { } earlier && IsSame(earlier, question))
            await delivery.Ask(run.Id, () =>
                Selector.Learn(new($"{run.Id}/set-aside", "override", Clipped(earlier), chosen.Agent, Fits: false)));
    }

    private ISelectorGrain Selector => grains.GetGrain<ISelectorGrain>(TenantKey.For(tenant, "selector"));

    private IAgentGrain Agent(string id) => grains.GetGrain<IAgentGrain>(TenantKey.For(tenant, id));

    private static string Text(SessionState state, string question)
    {
        var isShort = Words.Of(question).Distinct(StringComparer.Ordinal).Count() < WordsAlone;
        return Clipped(isShort && state.Window is [.., var last] ? $"{last.Question}\n{question}" : question);
    }

    private static string Clipped(string text) => Kernel.Texts.First(text, SelectionLimits.TextCharacters);

    private static bool IsSame(string earlier, string question)
    {
        var (one, other) = (Words.Of(earlier).ToHashSet(StringComparer.Ordinal), Words.Of(question).ToHashSet(StringComparer.Ordinal));
        var common = one.Count(other.Contains);
        return common > 0 && (double)common / (one.Count + other.Count - common) >= AskedAgain; // Jaccard
    }

    private async Task<string?> Earlier(string runId, CancellationToken cancellation) =>
        SessionIds.TryParseRun(runId, out _, out var seq)
        && await delivery.Ask(runId, () => store.Read(key, seq - 1, 1, 1, cancellation)) is [var line]
        && JsonSerializer.Deserialize<SessionEvent>(line.Utf8.Span, JournalJson.Options) is MessageAccepted question
            ? question.Content : null;
}

/// <summary>What the service says where no agent answers.</summary>
internal static class SelectionReplies
{
    public const string Nobody =
        "None of the experts here covers this question, so nobody answers it. Ask it in other words, or name an expert.";
}
