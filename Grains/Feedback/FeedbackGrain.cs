using System.Collections.Immutable;
using System.Diagnostics;
using Colloquy.Agents;
using Colloquy.Journals;
using Colloquy.Kernel;
using Colloquy.Panels.Standing;
using Colloquy.Selection;
using Colloquy.Tenants;

namespace Colloquy.Feedback;

/// <summary>
/// The shell around <see cref="FeedbackProtocol"/>. What is said is made durable together with what is to be learned from it; then
/// the learners are told, and what a crash keeps from being told is told by the next activation.
/// </summary>
[GrainType("feedback")]
internal sealed class FeedbackGrain : Grain, IFeedbackGrain
{
    private readonly Committed<FeedbackState> _said;
    private readonly FeedbackTargets _targets;
    private readonly TimeProvider _clock;
    private readonly string _tenant;

    public FeedbackGrain(
        [PersistentState("state", "documents")] IPersistentState<FeedbackState> state, IJournalStore journals, TimeProvider clock)
    {
        _said = new Committed<FeedbackState>(state, clock, this.DeactivateOnIdle);
        _clock = clock;
        _tenant = TenantKey.TenantOf(this.GetPrimaryKeyString());
        _targets = new FeedbackTargets(journals, _tenant);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken) => Settle();

    public async Task<FeedbackResult> Give(GiveFeedback command)
    {
        if (command.Target.Key != TenantKey.IdOf(this.GetPrimaryKeyString()))
            throw new ArgumentException($"{command.Target.Key} is not what this grain is about.", nameof(command));
        await Settle();
        if (FeedbackProtocol.Repeated(_said.Value, command) is { } repeated)
            return repeated;
        var subject = await _targets.Find(command.Target);
        if (subject is not null && command.Agent is { } agent && await Of<IAgentGrain>(agent).Published() is null)
            return new FeedbackResult(FeedbackStatus.UnknownAgent);
        var result = await _said.Change(state => FeedbackProtocol.Give(state, command, subject, _clock.GetUtcNow()));
        await Settle();
        return result;
    }

    public Task<ImmutableArray<FeedbackView>> All() =>
        Task.FromResult(FeedbackProtocol.All(_said.Value, FeedbackTarget.Of(TenantKey.IdOf(this.GetPrimaryKeyString()))));

    /// <summary>Tells the learners what is outstanding. They know a repeat by its key.</summary>
    private async Task Settle()
    {
        if (!_said.Value.IsOutstanding)
            return;
        foreach (var entry in _said.Value.Entries)
            foreach (var lesson in entry.Outstanding)
                await Teach(lesson, entry.Revision);
        await _said.Write(FeedbackProtocol.Settle(_said.Value));
    }

    private Task Teach(FeedbackLesson lesson, long revision) => lesson.Learner switch
    {
        Learners.Calibration => Of<ICalibrationGrain>(lesson.Agent).Label(lesson.Key, lesson.Value, lesson.Right, revision),
        Learners.Ranker => Of<ISelectorGrain>("selector")
            .Learn(new SelectionLabel(lesson.Key, "feedback", lesson.Question, lesson.Agent, lesson.Right is true)),
        Learners.Standing => Of<IStandingPanelGrain>(lesson.Panel!)
            .Rate(lesson.Key, lesson.Agent, lesson.Question, lesson.Right, revision),
        _ => throw new UnreachableException($"Nobody here is called {lesson.Learner}."),
    };

    private TGrain Of<TGrain>(string id) where TGrain : IGrainWithStringKey =>
        GrainFactory.GetGrain<TGrain>(TenantKey.For(_tenant, id));
}
