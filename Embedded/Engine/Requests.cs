namespace Orleans.Embedded;

/// <summary>The requests of one activation, and the rule which of them may run together. Its owner locks.</summary>
sealed class Requests(bool reentrant)
{
    readonly List<Call> _waiting = [];
    readonly List<Call> _running = [];
    Call? _blocking;

    public int Count => _waiting.Count + _running.Count;
    public int Running => _running.Count;

    public void Add(Call call) => _waiting.Add(call);

    public bool Withdraw(Call call) => _waiting.Remove(call);

    /// <summary>Lets the next one run that may; one that interleaves overtakes those that wait.</summary>
    public Call? Begin()
    {
        var at = _waiting.FindIndex(MayRun);
        if (at < 0) return null;
        var call = _waiting[at];
        _waiting.RemoveAt(at);
        _running.Add(call);
        if (!call.Interleaves)
            _blocking ??= call;
        return call;
    }

    public void End(Call call)
    {
        _running.Remove(call);
        if (_blocking == call)
            _blocking = null;
    }

    public List<Call> TakeWaiting()
    {
        List<Call> taken = [.. _waiting];
        _waiting.Clear();
        return taken;
    }

    public void Clear()
    {
        _waiting.Clear();
        _running.Clear();
    }

    bool MayRun(Call call) =>
        _running.Count == 0 || _blocking is null || call.Interleaves || reentrant || (_blocking.ReadOnly && call.ReadOnly);
}
