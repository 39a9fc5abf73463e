using System.Collections.Immutable;
using Colloquy.Agents;
using Colloquy.Selection;
using Colloquy.Sessions;

namespace Colloquy.Tests.Sessions;

public class SelectedAgentTests
{
    private static readonly AgentProfile _chosen = Talk.Expert with { Id = "chosen", Version = 7 };

    private static AgentSelection Selection(string decision, params string[] agents) => new(
        decision, [.. agents], [.. agents.Select(agent => new AgentScore(agent, 0.8, ImmutableSortedDictionary<string, double>.Empty))],
        0.3, "ranker", [], decision == "ask" ? "Do you mean the law or the medicine?" : null, 0);

    private static Talk Asked(string question = "Who may I ask?") => Asks(Talk.Begun(), question);

    private static Talk Asks(Talk talk, string question, string? agent = null) => talk.Takes(at => new SessionInput.Send(
        at, 1, new("key", question, agent, OnBusy.Enqueue, question, "print", SessionMode.Auto),
        agent is null ? null : Talk.Expert with { Id = agent }, 120, ""));

    private static Talk Selects(Talk talk, AgentProfile? agent, string? reply = null) => talk.Takes(at => new SessionInput.Select(
        at, talk.Running, Selection(agent is null ? "ask" : "one", agent is null ? [] : [agent.Id]), agent, reply));

    [Fact]
    public void A_message_of_mode_two_is_accepted_before_anybody_is_chosen()
    {
        var accepted = Asked().All<RunAccepted>().Single();

        Assert.Equal((AgentIds.Auto, 0), (accepted.Agent, accepted.AgentVersion));
    }

    [Fact]
    public void Whom_selection_chose_is_pinned_with_the_version_and_gives_the_answer()
    {
        var talk = Selects(Asked(), _chosen);
        Assert.Equal(("chosen", 7, 0.3), (talk.State.Running!.Agent, talk.State.Running.AgentVersion, talk.State.Running.Margin));

        Assert.Equal("chosen", talk.Answers("An answer.").All<MessageCompleted>().Single().Agent);
    }

    [Fact]
    public void A_choice_that_comes_again_changes_nothing()
    {
        var talk = Selects(Selects(Asked(), _chosen), _chosen with { Id = "another" });

        Assert.Empty(talk.Last.Events);
        Assert.Equal("chosen", talk.State.Running!.Agent);
    }

    [Fact]
    public void A_choice_that_comes_after_the_run_has_ended_changes_nothing()
    {
        var talk = Asked();
        var run = talk.Running;
        talk.Cancels(run).Takes(at => new SessionInput.Select(at, run, Selection("one", "chosen"), _chosen, null));

        Assert.Empty(talk.Last.Events);
    }

    [Fact]
    public void Where_nobody_is_chosen_the_service_answers_itself_and_the_run_completes()
    {
        var talk = Selects(Asked(), null, "Do you mean the law or the medicine?");
        Assert.Equal("Do you mean the law or the medicine?", talk.State.Running!.Reply);

        talk.Answers(talk.State.Running.Reply!);

        Assert.Equal(AgentIds.Auto, talk.All<MessageCompleted>().Single().Agent);
        Assert.Single(talk.All<RunCompleted>());
    }

    [Fact]
    public void An_agent_that_was_named_is_never_selected_anew()
    {
        var talk = Asks(Talk.Begun(), "A question", "expert");
        Selects(talk, _chosen);

        Assert.Empty(talk.Last.Events);
        Assert.Equal("expert", talk.State.Running!.Agent);
    }

    [Fact]
    public void Naming_another_agent_after_an_automatic_choice_is_journaled_as_its_override()
    {
        var talk = Selects(Asked(), _chosen).Answers("An answer.");
        var first = talk.All<AgentSelected>().Single().RunId;

        Asks(talk, "Somebody else, please", "expert");

        var overridden = talk.All<SelectionOverridden>().Single();
        Assert.Equal((first, "chosen", "expert"), (overridden.SelectedRun, overridden.Chosen, overridden.Taken));
        Assert.Equal(new SelectedAgent(first, "chosen"), talk.State.Running!.Overrides);
    }

    [Fact]
    public void Naming_the_chosen_agent_or_naming_one_twice_overrides_nothing()
    {
        var talk = Selects(Asked(), _chosen).Answers("An answer.");
        Asks(talk, "The same one, please", "chosen").Answers("Again.");
        Asks(talk, "And now another", "expert").Answers("Well.");

        Assert.Empty(talk.All<SelectionOverridden>());
    }

    [Fact]
    public void The_journal_tells_every_choice_again()
    {
        var talk = Selects(Asked(), _chosen).Answers("An answer.");
        Asks(talk, "Somebody else, please", "expert");

        Assert.Equal(Talk.Json(talk.State), Talk.Json(talk.Replayed()));
    }
}
