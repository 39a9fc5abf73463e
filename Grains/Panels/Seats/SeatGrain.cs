using Colloquy.Kernel;
using Colloquy.Tenants;
using Microsoft.Extensions.Logging;

namespace Colloquy.Panels.Seats;

/// <summary>The shell around <see cref="SeatProtocol"/>: it commits what is decided, and has the answer written beside its turns.</summary>
[GrainType("seat")]
internal sealed class SeatGrain : Grain, ISeatGrain, ISeatWorker, ISeatReceiver
{
    private readonly IPersistentState<SeatState> _document;
    private readonly Committed<SeatState> _seat;
    private readonly SeatPorts _ports;
    private readonly SeatWriting _writing;
    private bool _isOver; // the panel has ended: a question that was still under way is nobody's

    public SeatGrain(
        [PersistentState("state", "documents")] IPersistentState<SeatState> document, SeatPorts ports, ILogger<SeatGrain> logger)
    {
        (_document, _ports) = (document, ports);
        _seat = new(document, ports.Clock, this.DeactivateOnIdle);
        _writing = new(Key, ports, GrainFactory, this.AsReference<ISeatReceiver>, logger);
    }

    private string Key => this.GetPrimaryKeyString();

    public async Task Ask(SeatBrief brief)
    {
        if (_isOver)
            return;
        var step = await Commit(new SeatInput.Ask(_ports.Clock.GetUtcNow(), brief, _writing.Round));
        if (step.Begin is { } attempt)
            _writing.Begin(brief, attempt, step.State.Notes);
        else if (step.Tell is { } answer)
            _writing.Tell(brief, answer);
    }

    public async Task<SeatAnswer?> Written(int round, int attempt, SeatOutcome outcome)
    {
        var told = (await Commit(new SeatInput.Write(round, attempt, outcome))).Tell;
        if (told is not null)
            _writing.StopOther(round, attempt); // one that is written for nobody is still paid for
        return told;
    }

    public Task Stop()
    {
        _isOver = true;
        _writing.Stop();
        return Task.CompletedTask;
    }

    public async Task Erase()
    {
        _writing.Stop();
        DeactivateOnIdle(); // what there is from now on, the next activation reads
        await _document.ClearStateAsync();
    }

    public Task<SeatView?> View()
    {
        var (seat, id) = (_seat.Value, PanelIds.Of(TenantKey.IdOf(Key)));
        return Task.FromResult(seat.Asked is null ? null : new SeatView(id.Panel, id.Seat, seat.Agent, seat.Notes, _writing.Round));
    }

    private Task<SeatStep> Commit(SeatInput input) => _seat.Change(state =>
    {
        var step = SeatProtocol.Decide(state, input);
        return (step.State, step);
    });

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _writing.Stop(); // the next activation begins another attempt, and two would be paid for
        return Task.CompletedTask;
    }
}
