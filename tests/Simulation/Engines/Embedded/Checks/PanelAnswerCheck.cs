using Colloquy.Agents;
using Colloquy.Journals;
using Colloquy.Panels;
using Colloquy.Sessions;
using Colloquy.Tenants;
using static Colloquy.Simulated.BrokenPromiseException;

namespace Colloquy.Simulated;

/// <summary>P7: a message that is put to a panel gets the outcome of that panel for its answer, and of no other.</summary>
internal static class PanelAnswerCheck
{
    /// <param name="lines">Reads a journal.</param>
    public static void Holds(JournalCheck session, Func<string, IReadOnlyList<JournalLine>> lines)
    {
        foreach (var accepted in session.All<RunAccepted>())
        {
            var own = session.Of(accepted.RunId);
            var answer = own.OfType<MessageCompleted>().Single();
            var opened = own.OfType<PanelOpened>().ToList();
            Unless(opened.Count <= 1, $"P7: {accepted.RunId} was put to {opened.Count} panels");
            if (opened is not [var panel])
            {
                Unless(answer.PanelId is null && (answer.Agent != AgentIds.Panel || answer.Finish != Finish.Completed),
                    $"P7: {accepted.RunId} was put to no panel, and {answer.Agent} answered ({answer.Finish})");
                continue;
            }
            var id = PanelIds.Panel(SimulatedWorld.Tenant, accepted.RunId);
            Unless(panel.PanelId == id, $"P7: {accepted.RunId} was put to {panel.PanelId}, and {id} is its panel");
            var key = TenantKey.For(SimulatedWorld.Tenant, id);
            var state = JournalLines.Of<PanelEvent>(key, lines(key)).Aggregate(PanelState.Empty, (sum, one) => sum.Apply(one.Event));
            Unless(state.EndedAt is not null || answer.Finish != Finish.Completed,
                $"P7: {accepted.RunId} was answered, and its panel goes on");
            Unless(answer.Agent == AgentIds.Panel, $"P7: {accepted.RunId} was put to a panel, and {answer.Agent} answered");
            var report = state.Outcome is { Answer: { } answered } outcome ? $"{answered}\n\n{outcome.Summary}" : "";
            if (answer.Finish == Finish.Completed)
                Unless(answer.PanelId == id && answer.Content == report,
                    $"P7: {accepted.RunId} was answered '{answer.Content}', and the panel found '{report}'");
            else
                Unless(report.StartsWith(answer.Content, StringComparison.Ordinal),
                    $"P7: {accepted.RunId} ({answer.Finish}) says '{answer.Content}', and the panel found '{report}'");
        }
    }
}
