using Colloquy.Memory;
using static Colloquy.Tests.Memory.Facts;

namespace Colloquy.Tests.Memory;

public sealed class FactGraphTests
{
    [Fact]
    public void Neighbours_come_by_their_distance_whatever_the_case_of_their_names()
    {
        var graph = Graph(("Ada", "works at", "Acme"), ("ACME", "makes", "Pump"), ("pump", "has class", "IIa"), ("Bo", "likes",
            "tea"));

        var around = graph.Around("  ada ", 2, 100);
        Assert.Equal([("Ada", 0, 1), ("Acme", 1, 2), ("Pump", 2, 2)], around.Nodes.Select(node => (node.Entity, node.Distance,
            node.Degree)));
        Assert.Equal(["Ada works at Acme", "Acme makes Pump"], around.Edges.Select(edge =>
            $"{edge.From} {edge.Predicate} {edge.To}"));
        Assert.True(around.IsCut);
        Assert.False(graph.Around("Ada", 3, 100).IsCut);
        Assert.Equal(4, graph.Around("IIa", 3, 100).Nodes.Length);
    }

    [Fact]
    public void A_star_is_cut_at_the_limit_and_says_so()
    {
        var graph = Graph([.. Enumerable.Range(0, 50).Select(n => ("hub", "knows", $"leaf {n:D2}"))]);

        var around = graph.Around("hub", 1, 10);
        Assert.Equal((10, 9, true), (around.Nodes.Length, around.Edges.Length, around.IsCut));
        Assert.Equal(("hub", 50), (around.Nodes[0].Entity, around.Nodes[0].Degree));
        Assert.Single(graph.Around("hub", 3, 1).Nodes);
    }

    [Fact]
    public void Without_an_entity_the_best_connected_come_first()
    {
        var graph = Graph(("a", "r", "b"), ("a", "r", "c"), ("a", "r", "d"), ("b", "r", "c"));

        Assert.Equal(["a", "b"], graph.Around(null, 1, 2).Nodes.Select(node => node.Entity));
        Assert.True(graph.Around(null, 1, 2).IsCut);
        Assert.False(graph.Around(null, 1, 4).IsCut);
    }

    [Fact]
    public void A_circle_and_a_fact_about_itself_end()
    {
        var graph = Graph(("a", "r", "b"), ("b", "r", "a"), ("a", "is", "a"));

        Assert.Equal((2, 3, false), (graph.Around("a", 3, 100).Nodes.Length, graph.Around("a", 3, 100).Edges.Length,
            graph.Around("a", 3, 100).IsCut));
        Assert.Empty(graph.Around("nobody", 3, 100).Nodes);
        Assert.Empty(new FactGraph([]).Around(null, 3, 100).Nodes);
    }

    private static FactGraph Graph(params (string From, string Predicate, string To)[] edges)
    {
        var memory = Telling.Nothing;
        foreach (var (from, predicate, to) in edges)
            memory = memory.Told($"{from} {predicate} {to}", Draft(predicate, to, subject: from));
        return new(memory.State.InForce(memory.At));
    }
}
