using Colloquy.Knowledge;
using Colloquy.Knowledge.Collections;

namespace Colloquy.Tests.Knowledge.Collections;

public sealed class CollectionProtocolTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);
    private static readonly CreateCollection Command = new("Library", null, "medicine", null, "op");
    private static readonly CollectionState Created =
        CollectionProtocol.Listed(CollectionProtocol.Create(new(), "lib", Command, ("hashed/1", 64), Now).Next);

    [Fact]
    public void A_collection_is_created_changed_and_deleted()
    {
        Assert.True(Created.Exists);
        var renamed = CollectionProtocol.Change(Created, "t", "lib", new("Other", null, null, null, "key", "op2"), null);
        Assert.Equal((CollectionStatus.Done, "Other"), (renamed.Answer, renamed.Next.About!.Name));
        var (deleting, existed) = CollectionProtocol.Delete(renamed.Next);
        Assert.True(existed);
        Assert.True(deleting.IsOutstanding);
        Assert.Null(CollectionProtocol.Gone(deleting).About);
    }

    [Fact]
    public void Another_model_is_built_beside_and_switched_to_or_given_up()
    {
        var building = Embed(Created, "op2").Next;
        Assert.Equal((1, 2), (building.Index!.Generation, building.Building!.Generation));
        var switched = CollectionProtocol.Switch(building, 2, Now);
        Assert.Equal((2, null, 1), (switched.Index!.Generation, switched.Building, switched.Drops.Single().Generation));
        var abandoned = CollectionProtocol.Abandon(building, 2, Now);
        Assert.Equal((1, null, 2), (abandoned.Index!.Generation, abandoned.Building, abandoned.Drops.Single().Generation));
        Assert.Equal(3, Embed(abandoned, "op3").Next.Building!.Generation); // a number names one index for ever
    }

    [Fact]
    public void A_repeat_changes_nothing()
    {
        Assert.Equal((Created, CollectionStatus.Done), CollectionProtocol.Create(Created, "lib", Command, ("hashed/1", 64), Now));
        var building = Embed(Created, "op2").Next;
        Assert.Same(building, Embed(building, "op2").Next);
        var switched = CollectionProtocol.Switch(building, 2, Now);
        Assert.Same(switched, CollectionProtocol.Switch(switched, 2, Now));
        Assert.Same(switched, CollectionProtocol.Abandon(switched, 2, Now));
        Assert.Same(Created, CollectionProtocol.Change(Created, "t", "lib", new("Library", null, "medicine", null, "key", "x"), null).Next);
    }

    [Fact]
    public void What_comes_late_changes_nothing()
    {
        var gone = CollectionProtocol.Gone(CollectionProtocol.Delete(Embed(Created, "op2").Next).Next);
        Assert.Same(gone, CollectionProtocol.Switch(gone, 2, Now));
        Assert.Equal(CollectionStatus.NotFound, Embed(gone, "op4").Answer);
        Assert.Equal(CollectionStatus.NotFound, CollectionProtocol.Create(gone, "lib", Command, ("hashed/1", 64), Now).Answer);
        Assert.Equal(CollectionStatus.Done, CollectionProtocol.Create(gone, "lib", Command with { Operation = "new" }, ("h", 1),
            Now).Answer);
    }

    [Fact]
    public void Refusals_have_their_reasons()
    {
        Assert.Equal(CollectionStatus.Exists, CollectionProtocol.Create(Created, "lib", Command with { Operation = "b" }, ("h",
            1), Now).Answer);
        Assert.Equal(CollectionStatus.KeyReused, CollectionProtocol.Create(Created, "lib", Command with { Domain = "law" },
            ("h", 1), Now).Answer);
        Assert.Equal(CollectionStatus.Busy, CollectionProtocol.Change(
            Embed(Created, "op2").Next, "t", "lib", new(null, null, null, "third", "key", "op3"), ("third/1", 8)).Answer);
    }

    private static (CollectionState Next, CollectionStatus Answer) Embed(CollectionState state, string operation) =>
        CollectionProtocol.Change(
        state, "t", "lib", new(null, null, null, "other", "key", operation), ("other/1", 32));
}
