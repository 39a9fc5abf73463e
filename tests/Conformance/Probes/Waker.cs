namespace Colloquy.Conformance;

/// <summary>Sets timers and reminders, and tells the stage of every tick.</summary>
[Alias("conformance.waker")]
public interface IWaker : IGrainWithStringKey, IRemindable
{
    [Alias("tick")]
    Task Tick(TimeSpan due, TimeSpan period, bool interleave);

    [Alias("tickSlowly")]
    Task TickSlowly();

    [Alias("tickOnceThenChange")]
    Task TickThenChange();

    [Alias("failing")]
    Task TickFailing();

    [Alias("stop")]
    Task StopTimers();

    [Alias("work")]
    Task Work(string name);

    [Alias("remind")]
    Task Remind(string name, TimeSpan due, TimeSpan period);

    [Alias("forget")]
    Task<bool> Forget(string name);

    [Alias("reminders")]
    Task<List<string>> Reminders();

    [Alias("leave")]
    Task Leave(string? name = null);
}

[GrainType("conformance-waker")]
public sealed class WakerGrain : Grain, IWaker
{
    readonly List<IGrainTimer> _timers = [];
    bool _ticking;

    Stage Stage => Stage.Of(this.GetPrimaryKeyString());

    public Task Tick(TimeSpan due, TimeSpan period, bool interleave)
    {
        _timers.Add(this.RegisterGrainTimer(_ =>
        {
            Stage.Say("tick");
            Stage.Say($"tenant of tick: {RequestContext.Get("tenant") ?? "none"}");
            return Task.CompletedTask;
        }, new() { DueTime = due, Period = period, Interleave = interleave }));
        return Task.CompletedTask;
    }

    public Task TickSlowly()
    {
        _timers.Add(this.RegisterGrainTimer(async cancellation =>
        {
            Stage.Say(_ticking ? "overlap" : "slow tick");
            _ticking = true;
            await Task.Delay(TimeSpan.FromMilliseconds(30), cancellation);
            _ticking = false;
        }, TimeSpan.Zero, TimeSpan.FromMilliseconds(1)));
        return Task.CompletedTask;
    }

    public Task TickThenChange()
    {
        IGrainTimer? timer = null;
        timer = this.RegisterGrainTimer(() =>
        {
            Stage.Say("changing tick");
            timer!.Change(TimeSpan.FromMilliseconds(20), Timeout.InfiniteTimeSpan);
            return Task.CompletedTask;
        }, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));
        return Task.CompletedTask;
    }

    public Task TickFailing()
    {
        _timers.Add(this.RegisterGrainTimer(() =>
        {
            Stage.Say("failing tick");
            throw new InvalidOperationException("A tick that fails.");
        }, TimeSpan.Zero, TimeSpan.FromMilliseconds(10)));
        return Task.CompletedTask;
    }

    public Task StopTimers()
    {
        _timers.ForEach(timer => timer.Dispose());
        return Task.CompletedTask;
    }

    public async Task Work(string name)
    {
        Stage.Say($"{name} began");
        await Stage.Gate(name);
    }

    public Task Remind(string name, TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder(name, due, period);

    public async Task<bool> Forget(string name)
    {
        if (await this.GetReminder(name) is not { } reminder) return false;
        await this.UnregisterReminder(reminder);
        return true;
    }

    public async Task<List<string>> Reminders() =>
        [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName).Order(StringComparer.Ordinal)];

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        Stage.Say($"reminder {reminderName}");
        return Task.CompletedTask;
    }

    public Task Leave(string? name)
    {
        DeactivateOnIdle();
        return name is null ? Task.CompletedTask : Work(name);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Stage.Say("activated");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Stage.Say("deactivated");
        return Task.CompletedTask;
    }
}
