using Colloquy.Tenants;

namespace Colloquy.Memory;

/// <summary>An activation's hold on the facts of its scope. What it shows is stored.</summary>
internal sealed class MemoryBook(IFactStore store, string key)
{
    /// <summary>How often a change is decided again because others wrote in between.</summary>
    private const int TriesMax = 20;

    private readonly string _tenant = TenantKey.TenantOf(key);
    private readonly string _scope = TenantKey.IdOf(key);
    private long _version;

    public MemoryState State { get; private set; } = MemoryState.Empty;

    public async Task Load(CancellationToken cancellation)
    {
        var rows = await store.Load(_tenant, _scope, cancellation);
        State = new(MemoryState.Empty.Facts.SetItems(
            rows.Rows.Select(FactJson.Read).Select(kept => KeyValuePair.Create(kept.Fact.Id, kept))));
        _version = rows.Version;
    }

    /// <summary>Decides, and makes the outcome durable. Where another activation was faster, decides again upon what it wrote.
    /// After an exception nobody knows what is stored.</summary>
    public async Task<MemoryResult> Change(MemoryInput input)
    {
        for (var tries = 1; tries <= TriesMax; tries++)
        {
            var step = MemoryProtocol.Decide(State, input);
            if (step.ChangesNothing)
                return step.Result;
            var change = new FactChange(
                _tenant, _scope, _version, [.. step.Puts.Select(FactJson.ToRow)], step.Removes);
            var isDone = await store.Change(change, CancellationToken.None);
            if (isDone && _version > 0)
                (State, _version) = (step.State, _version + 1);
            else
                await Load(CancellationToken.None); // a lost race; or the first change, whose version only the store knows
            if (isDone)
                return step.Result;
        }
        throw new IOException($"Others wrote {TriesMax} times before a change of {_scope} could be made.");
    }

    /// <summary>Removes everything; answers how many facts there were.</summary>
    public async Task<int> Erase()
    {
        await Load(CancellationToken.None); // what another activation wrote counts, too
        await store.Erase(_tenant, _scope, CancellationToken.None);
        var count = State.Facts.Count;
        (State, _version) = (MemoryState.Empty, 0);
        return count;
    }
}
