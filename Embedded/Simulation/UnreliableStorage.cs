using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Embedded;

/// <summary>A database that is slow, refuses writes, or does them and then says that it did not.</summary>
sealed class UnreliableStorage(IGrainStorage inner, World world) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Slow();
        await inner.ReadStateAsync(stateName, grainId, grainState);
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Change($"write {grainId}", grainState, copy => inner.WriteStateAsync(stateName, grainId, copy));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Change($"clear {grainId}", grainState, copy => inner.ClearStateAsync(stateName, grainId, copy));

    async Task Change<T>(string what, IGrainState<T> grainState, Func<IGrainState<T>, Task> change)
    {
        await Slow();
        if (world.Chance(world.Options.FailedWriteNotApplied))
        {
            world.Note($"{what} refused");
            throw new IOException($"{what}: refused.");
        }
        var sent = grainState.State;
        var copy = new GrainState<T>(sent, grainState.ETag) { RecordExists = grainState.RecordExists };
        await change(copy);
        if (world.Chance(world.Options.FailedWriteApplied))
        {
            world.Note($"{what} done, answer lost");
            throw new IOException($"{what}: no answer."); // the caller's etag stays the old one
        }
        world.Note(what);
        await Slow();
        (grainState.ETag, grainState.RecordExists) = (copy.ETag, copy.RecordExists);
        if (!ReferenceEquals(copy.State, sent))
            grainState.State = copy.State; // cleared; what was written is the grain's, and may have moved on meanwhile
    }

    Task Slow() => Task.Delay(world.Duration(world.Options.MaxHop), world.Time);
}
