using Orleans.Storage;

namespace Colloquy.Conformance;

[Collection(Shared.Name)]
public class PersistenceTests(TestCluster cluster)
{
    readonly string _key = TestCluster.NewKey();

    IKeeper Keeper => cluster.Client.GetGrain<IKeeper>(_key);
    Stage Stage => Stage.Of(_key);

    [Fact]
    public async Task What_was_never_written_is_a_new_document()
    {
        Assert.Equal("empty", (await Keeper.Read()).Text);
        Assert.False(await Keeper.Exists());
        Assert.Equal(["activated with empty"], Stage.Said);
    }

    [Fact]
    public async Task What_was_written_is_read_before_the_next_activation_begins()
    {
        await Keeper.Write("hello");
        await Keeper.Leave();
        await Stage.Until("deactivated: ApplicationRequested");
        Assert.Equal(5, Assert.Single((await Keeper.Read()).Numbers));
        Assert.True(await Keeper.Exists());
        Assert.Equal("activated with hello", Stage.Said[^1]);
    }

    [Fact]
    public async Task What_was_cleared_is_a_new_document_and_can_be_written_again()
    {
        await Keeper.Write("hello");
        await Keeper.Clear();
        Assert.False(await Keeper.Exists());
        Assert.Equal("empty", (await Keeper.Read()).Text);
        await Keeper.Write("again");
        await Keeper.Leave();
        await Stage.Until("deactivated: ApplicationRequested");
        Assert.Equal("again", (await Keeper.Read()).Text);
    }

    [Fact]
    public async Task Two_writes_at_once_run_one_after_the_other_and_write_what_is_there_then()
    {
        await Keeper.WriteTwiceAtOnce("second");
        await Keeper.Leave();
        await Stage.Until("deactivated: ApplicationRequested");
        Assert.Equal("second", (await Keeper.Read()).Text);
    }

    [Fact]
    public async Task The_writer_with_the_older_etag_fails_and_its_activation_ends()
    {
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => Keeper.Collide("first"));
        await Stage.Until("deactivated: ApplicationError");
        Assert.Equal("first", (await Keeper.Read()).Text);
    }

    [Fact]
    public async Task A_failure_of_the_storage_arrives_inside_of_an_Orleans_exception() =>
        Assert.Equal(nameof(IOException), await cluster.Client.GetGrain<IUnlucky>(_key).Write());
}
