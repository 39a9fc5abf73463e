using System.Collections.Immutable;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Colloquy.Conformance;

[Collection(Shared.Name)]
public class MessageTests(TestCluster cluster)
{
    readonly IMirror _mirror = cluster.Client.GetGrain<IMirror>(TestCluster.NewKey());

    [Fact]
    public async Task Arguments_and_results_are_copies()
    {
        List<int> mine = [1];
        var answer = await _mirror.Keep(mine);
        Assert.Equal([1], mine);
        answer.Add(99);
        Assert.Equal([1, 2], await _mirror.Keep([2]));
    }

    [Fact]
    public async Task An_object_graph_keeps_its_shape()
    {
        var value = new Mutable { Numbers = [1], Bytes = [7], Listed = [3, 4] };
        value.Self = value;
        value.Named["child"] = new Mutable { Numbers = [2] };
        var back = await _mirror.Mutable(value);
        Assert.NotSame(value, back);
        Assert.Same(back, back.Self);
        Assert.Equal([2], back.Named["child"].Numbers);
        Assert.Equal([3, 4], back.Listed);
        Assert.Equal([7], back.Bytes);
    }

    [Fact]
    public async Task Derived_records_travel_behind_their_base() =>
        Assert.Equal(new Circle("c", 2), await _mirror.Shape(new Circle("c", 2)));

    [Fact]
    public async Task Constants_tuples_and_nothing_travel()
    {
        Assert.Equal((1, null), await _mirror.Tuple((1, null)));
        Assert.Equal(5, await _mirror.Anything(5));
        Assert.Equal("text", await _mirror.Anything("text"));
        Assert.Null(await _mirror.Anything(null));
        await _mirror.Nothing();
    }

    [Fact]
    public async Task An_immutable_record_travels_with_its_collections()
    {
        var leaf = Assert.IsType<Leaf>(await _mirror.Anything(new Leaf("l", [1, 2])));
        Assert.Equal("l: 1, 2", $"{leaf.Text}: {string.Join(", ", leaf.Numbers)}");
    }

    [Fact]
    public async Task Collection_expressions_and_queries_travel_behind_interfaces()
    {
        Assert.Equal(["b", "a"], await _mirror.Listed(["a", "b"]));
        Assert.Equal(["2", "1"], await _mirror.Listed(Enumerable.Range(1, 2).Select(number => $"{number}")));
    }

    [Fact]
    public async Task Memory_of_bytes_travels()
    {
        byte[] mine = [1, 2, 3];
        var back = await _mirror.Bytes(mine.AsMemory(1));
        mine[1] = 9;
        Assert.Equal([2, 3], back.ToArray());
    }

    [Fact]
    public async Task A_sorted_dictionary_keeps_its_comparer()
    {
        var mine = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal).Add("b", 1).Add("B", 2);
        var back = await _mirror.Sorted(mine);
        Assert.Equal(["B", "b"], back.Keys);
    }

    [Fact]
    public async Task A_type_without_a_serializer_is_refused() =>
        await Assert.ThrowsAsync<CodecNotFoundException>(() => _mirror.Anything(new Unmarked("x")));

    [Fact]
    public async Task An_exception_arrives_with_its_type_and_message()
    {
        var thrown = await Assert.ThrowsAsync<ArgumentNullException>(() => _mirror.Throw("other"));
        Assert.StartsWith("named", thrown.Message);
    }

    [Fact]
    public async Task An_exception_of_our_own_arrives_if_it_has_a_serializer() =>
        Assert.Equal(7, (await Assert.ThrowsAsync<RefusedException>(() => _mirror.Throw("marked"))).Code);

    [Fact]
    public async Task An_exception_of_our_own_without_a_serializer_arrives_as_a_complaint_about_that() =>
        await Assert.ThrowsAsync<CodecNotFoundException>(() => _mirror.Throw("unmarked"));

    [Fact]
    public async Task A_reference_travels_and_is_equal_to_every_other_of_its_grain()
    {
        Assert.Equal(_mirror, await _mirror.Me());
        Assert.NotEqual(_mirror, cluster.Client.GetGrain<IMirror>(TestCluster.NewKey()));
    }

    [Fact]
    public void A_reference_knows_its_grain()
    {
        var reference = cluster.Client.GetGrain<IMirror>("key");
        Assert.Equal("key", reference.GetPrimaryKeyString());
        Assert.Equal("conformance-mirror/key", reference.GetGrainId().ToString());
        Assert.Equal(GrainId.Parse("conformance-mirror/key"), reference.GetGrainId());
        Assert.Equal(GrainId.Create("conformance-mirror", "key"), reference.GetGrainId());
        Assert.Equal(reference, cluster.Client.GetGrain<IMirror>(reference.GetGrainId()));
    }

    [Fact]
    public void A_grain_type_that_is_not_given_comes_from_the_class_name() =>
        Assert.Equal("plain/key", cluster.Client.GetGrain<IPlain>("key").GetGrainId().ToString());
}
