using System.Collections.Immutable;

namespace Colloquy.Memory;

/// <summary>The graph that facts make: subjects and objects are entities, each fact is an edge.</summary>
internal sealed class FactGraph
{
    private readonly SortedDictionary<string, Entity> _entities = new(StringComparer.Ordinal);

    public FactGraph(IEnumerable<KeptFact> facts)
    {
        // The oldest fact spells the entity.
        foreach (var fact in facts.Select(kept => kept.Fact)
            .OrderBy(fact => fact.RecordedAt).ThenBy(fact => fact.Id, StringComparer.Ordinal))
        {
            var (from, to) = (Named(fact.Subject), Named(fact.Object));
            from.Facts.Add((fact, to));
            if (to != from)
                to.Facts.Add((fact, from));
        }
    }

    /// <summary>The entities around one, nearest first and among equals the best connected; the best connected of all without
    /// one.</summary>
    public MemoryGraph Around(string? entity, int depth, int limit)
    {
        if (entity is null)
            return Picture([.. Best(_entities.Values).Take(limit).Select(one => (one, 0))], isWhole: _entities.Count <= limit);
        if (!_entities.TryGetValue(FactNames.Normal(entity), out var centre))
            return new([], [], false);
        var kept = new List<(Entity Entity, int Distance)> { (centre, 0) };
        var seen = new HashSet<Entity> { centre };
        var ring = new List<Entity> { centre };
        for (var distance = 1; distance <= depth && kept.Count < limit && ring.Count > 0; distance++)
        {
            ring = [.. Best(ring.SelectMany(one => one.Facts).Select(edge => edge.Other).Where(seen.Add).ToList())
                .Take(limit - kept.Count)];
            kept.AddRange(ring.Select(one => (one, distance)));
        }
        return Picture(kept, isWhole: kept.TrueForAll(node => node.Entity.Facts.TrueForAll(edge =>
            kept.Exists(other => other.Entity == edge.Other))));
    }

    private static IEnumerable<Entity> Best(IEnumerable<Entity> entities) =>
        entities.OrderByDescending(one => one.Facts.Count).ThenBy(one => one.Name, StringComparer.Ordinal);

    private Entity Named(string name)
    {
        var normal = FactNames.Normal(name);
        if (!_entities.TryGetValue(normal, out var entity))
            _entities[normal] = entity = new(name);
        return entity;
    }

    private MemoryGraph Picture(List<(Entity Entity, int Distance)> kept, bool isWhole)
    {
        var within = kept.Select(node => node.Entity).ToHashSet();
        var edges = within.SelectMany(entity => entity.Facts.Select(edge => (edge.Fact, edge.Other)))
            .Where(edge => within.Contains(edge.Other)).Select(edge => edge.Fact).DistinctBy(fact => fact.Id)
            .OrderBy(fact => fact.RecordedAt).ThenBy(fact => fact.Id, StringComparer.Ordinal);
        return new(
            [.. kept.Select(node => new GraphNode(node.Entity.Name, node.Distance, node.Entity.Facts.Count))],
            [.. edges.Select(fact => new GraphEdge(Spelled(fact.Subject), fact.Predicate, Spelled(fact.Object), fact.Id,
                fact.Confidence))],
            IsCut: !isWhole);
    }

    private string Spelled(string name) => _entities[FactNames.Normal(name)].Name;

    private sealed class Entity(string name)
    {
        public string Name => name;

        /// <summary>The edges, each with what is at its other end.</summary>
        public List<(Fact Fact, Entity Other)> Facts { get; } = [];
    }
}
