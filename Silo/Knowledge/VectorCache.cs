using Colloquy.Storage;

namespace Colloquy.Knowledge;

/// <summary>The scopes whose vectors are in memory: those that were searched last.</summary>
/// <param name="bytesMax">When more is held, the scopes that were searched longest ago are given up.</param>
internal sealed class VectorCache(long bytesMax)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, LinkedListNode<(long Id, ScopeVectors Vectors)>> _byId = [];
    private readonly LinkedList<(long Id, ScopeVectors Vectors)> _byUse = [];

    /// <summary>What is held, in bytes.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
                return _byUse.Sum(entry => entry.Vectors.Bytes);
        }
    }

    /// <summary>The scope as this session sees it, read from its rows as far as it is not held.</summary>
    public ScopeMoment At(SqliteSession session, ScopeRow scope)
    {
        var moment = Use(scope).At(session, scope);
        GiveUp();
        return moment;
    }

    public void Forget(long id)
    {
        lock (_lock)
        {
            if (_byId.Remove(id, out var entry))
                _byUse.Remove(entry);
        }
    }

    private ScopeVectors Use(ScopeRow scope)
    {
        lock (_lock)
        {
            if (_byId.TryGetValue(scope.Id, out var entry))
                _byUse.Remove(entry);
            else
                _byId[scope.Id] = entry = new((scope.Id, new ScopeVectors(scope.Dimensions)));
            _byUse.AddLast(entry);
            return entry.Value.Vectors;
        }
    }

    // A search that still has what is given up goes on with it.
    private void GiveUp()
    {
        lock (_lock)
        {
            var bytes = _byUse.Sum(entry => entry.Vectors.Bytes);
            while (bytes > bytesMax && _byUse.First is { } oldest)
            {
                bytes -= oldest.Value.Vectors.Bytes;
                _byUse.RemoveFirst();
                _byId.Remove(oldest.Value.Id);
            }
        }
    }
}
