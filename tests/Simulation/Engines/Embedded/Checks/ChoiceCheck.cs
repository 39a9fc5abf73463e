using Colloquy.Agents;
using Colloquy.Sessions;
using static Colloquy.Simulated.BrokenPromiseException;

namespace Colloquy.Simulated;

/// <summary>I13: who answers is chosen once, for the runs that name nobody and for no other, and the chosen one
/// answers.</summary>
internal static class ChoiceCheck
{
    private static readonly HashSet<string> _published =
    [
        .. Conversation.Agents.Concat(PanelQuestions.Clerks).Concat(BuiltInAgents.All).Select(agent => agent.Id)
            .Where(id => id != Conversation.Retired),
    ];

    public static void Holds(JournalCheck journal)
    {
        foreach (var accepted in journal.All<RunAccepted>())
        {
            var (run, own) = (accepted.RunId, journal.Of(accepted.RunId));
            var choices = own.OfType<AgentSelected>().ToList();
            var answer = own.OfType<MessageCompleted>().Single();
            Unless(choices.Count <= 1, $"I13: {choices.Count} choices were made for {run}");
            if (accepted.Agent != AgentIds.Auto)
            {
                Unless(choices.Count == 0, $"I13: {run} named {accepted.Agent}, and a choice was made");
                Unless(answer.Agent == accepted.Agent, $"I13: {run} named {accepted.Agent}, and {answer.Agent} answered");
            }
            else if (choices is [var choice])
                Follows(answer, choice, own.IndexOf(choice) < own.IndexOf(answer));
            else
                Unless(answer.Agent == AgentIds.Auto && answer.Finish != Finish.Completed,
                    $"I13: {answer.Agent} answered {run} ({answer.Finish}), and no choice was made");
        }
    }

    private static void Follows(MessageCompleted answer, AgentSelected choice, bool isInOrder)
    {
        Unless(isInOrder, $"I13: {choice.RunId} was answered before the choice");
        Unless(choice.Agent is null != choice.Reply is null,
            $"I13: {choice.RunId} got {choice.Agent} and the reply {choice.Reply}");
        Unless(choice.Panel is null ? choice.Agent != AgentIds.Panel : choice.Agent == AgentIds.Panel,
            $"I13: {choice.RunId} got {choice.Agent} and the panel {choice.Panel}");
        Unless(answer.Agent == (choice.Agent ?? AgentIds.Auto),
            $"I13: {choice.Agent} was chosen for {choice.RunId}, and {answer.Agent} answered");
        Unless(choice.Agent is null or AgentIds.Panel || _published.Contains(choice.Agent),
            $"I13: {choice.Agent} was chosen and is not published");
        Unless(choice.Reply is null || answer.Finish != Finish.Completed || answer.Content == choice.Reply,
            $"I13: {choice.RunId} was to be answered '{choice.Reply}' and was answered '{answer.Content}'");
    }
}
