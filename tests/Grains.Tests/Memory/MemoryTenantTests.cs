using Colloquy.Memory;
using Colloquy.Tenants;
using FsCheck;
using FsCheck.Fluent;
using static Colloquy.Tests.Memory.Facts;

namespace Colloquy.Tests.Memory;

[Collection(SharedHost.Name)]
public sealed class MemoryTenantTests(GrainHost host)
{
    private static readonly string[] Scopes = ["user:k1", "agent:one", "tenant"];
    private static readonly string[] Values = ["aspirin", "metformin 500 mg", "Graz", "Acme Medical"];
    private static readonly string[] Relations = ["takes", "lives in", "works at"];

    private static readonly Arbitrary<List<Command>> Commands = (
        from tenant in Gen.Choose(0, 2)
        from scope in Gen.Choose(0, Scopes.Length - 1)
        from kind in Gen.Choose(0, 9)
        from relation in Gen.Elements(Relations)
        from value in Gen.Elements(Values)
        select new Command(tenant, scope, kind, relation, value)).ListOf().ToArbitrary();

    /// <summary>Whatever others do, a tenant finds exactly what it would find if it were alone; under every scope,
    /// with and without
    /// history, by words, by meaning and in the graph.</summary>
    [Fact]
    public Task A_tenant_finds_what_it_would_find_alone_whatever_the_others_do() => Task.Run(() => Prop
        .ForAll(Commands, commands => Holds(commands).GetAwaiter().GetResult())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(12).WithStartSize(20).WithEndSize(40)));

    private async Task<bool> Holds(List<Command> commands)
    {
        var together = Enumerable.Range(0, 3).Select(_ => GrainHost.NewTenant()).ToList();
        foreach (var (at, command) in commands.Index())
            await Do(together[command.Tenant], at, command);
        for (var tenant = 0; tenant < together.Count; tenant++)
        {
            var alone = GrainHost.NewTenant();
            foreach (var (at, command) in commands.Index().Where(one => one.Item.Tenant == tenant))
                await Do(alone, at, command);
            var (seen, expected) = (await Picture(together[tenant]), await Picture(alone));
            Assert.Equal(expected, seen);
        }
        return true;
    }

    private async Task Do(string tenant, int at, Command command)
    {
        CallerTenant.Set(tenant);
        var memory = host.Grain<IMemoryGrain>(tenant, Scopes[command.Scope]);
        var facts = (await memory.List(history: true, null, 100)).Items.OrderBy(fact => fact.Id, StringComparer.Ordinal).ToList();
        _ = command.Kind switch
        {
            0 => (object)await memory.EraseAll(),
            1 when facts.Count > 0 => await memory.Erase(facts[at % facts.Count].Id),
            2 when facts.Count > 0 => await memory.Confirm(facts[at % facts.Count].Id),
            _ => await memory.Record($"op {at}", [Draft(command.Relation, command.Value)]),
        };
    }

    private async Task<string> Picture(string tenant)
    {
        CallerTenant.Set(tenant);
        var lines = new List<string>();
        foreach (var scope in Scopes)
        {
            var memory = host.Grain<IMemoryGrain>(tenant, scope);
            foreach (var history in new[] { false, true })
                lines.AddRange((await memory.List(history, null, 100)).Items.Select(Line).Order(StringComparer.Ordinal));
            foreach (var query in (string[])[.. Values, "residence", "medicine", "user"])
            {
                lines.Add($"{scope} {query}:");
                lines.AddRange((await memory.Search(query, 100)).Select(hit => Line(hit.Fact)).Order(StringComparer.Ordinal));
            }
            var graph = await memory.Graph(null, 3, 200);
            lines.AddRange(graph.Edges.Select(edge =>
                $"{edge.From} {edge.Predicate} {edge.To} {edge.FactId}").Order(StringComparer.Ordinal));
        }
        return string.Join('\n', lines);
    }

    private static string Line(Fact fact) =>
        $"{fact.Id} {fact.Scope} {fact.Text} {fact.Status} {fact.Confidence} {fact.SupersededBy}";

    private sealed record Command(int Tenant, int Scope, int Kind, string Relation, string Value);
}
