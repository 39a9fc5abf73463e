namespace Colloquy.Models.OpenAi;

/// <summary>Keeps the times of one call: the whole, and each silence of the service. The caller's own cancellation comes
/// first.</summary>
internal sealed class CallTime : IDisposable
{
    private readonly OpenAiOptions _options;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _total;
    private readonly CancellationTokenSource _all;

    public CallTime(OpenAiOptions options, TimeProvider clock, CancellationToken caller)
    {
        (_options, _clock, _caller) = (options, clock, caller);
        _total = new CancellationTokenSource(options.Total, clock);
        _all = CancellationTokenSource.CreateLinkedTokenSource(_total.Token, caller);
    }

    /// <summary>Ends the call: its time is up, or its caller has left.</summary>
    public CancellationToken Token => _all.Token;

    /// <summary>Watches an attempt for silence, from now until the first token.</summary>
    public Silence ListenForFirst() => new(_options, _clock, Token);

    public async Task Wait(TimeSpan wait)
    {
        try
        {
            await Task.Delay(wait, _clock, Token);
        }
        catch (OperationCanceledException)
        {
            ThrowIfOver();
            throw;
        }
    }

    /// <summary>Throws if the call is over for a reason that is not the service's failure.</summary>
    public void ThrowIfOver()
    {
        _caller.ThrowIfCancellationRequested();
        if (_total.IsCancellationRequested)
            throw new ModelException(ModelErrors.Stalled, $"The answer took longer than {_options.Total.TotalSeconds:0} s.");
    }

    public void Dispose()
    {
        _all.Dispose();
        _total.Dispose();
    }

    /// <summary>The time since the service last said something.</summary>
    internal sealed class Silence : IDisposable
    {
        private readonly OpenAiOptions _options;
        private readonly CancellationTokenSource _silence;
        private readonly CancellationTokenSource _any;
        private TimeSpan _allowed;

        public Silence(OpenAiOptions options, TimeProvider clock, CancellationToken call)
        {
            (_options, _allowed) = (options, options.FirstToken);
            _silence = new CancellationTokenSource(_allowed, clock);
            _any = CancellationTokenSource.CreateLinkedTokenSource(_silence.Token, call);
        }

        public CancellationToken Token => _any.Token;

        /// <summary>A token has come: the next has the time of a stall.</summary>
        public void Broken() => _silence.CancelAfter(_allowed = _options.Stall);

        public void ThrowIfTooLong()
        {
            if (_silence.IsCancellationRequested)
                throw new ModelException(ModelErrors.Stalled, $"The model service said nothing for {_allowed.TotalSeconds:0} s.");
        }

        public void Dispose()
        {
            _any.Dispose();
            _silence.Dispose();
        }
    }
}
