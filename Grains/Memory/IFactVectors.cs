namespace Colloquy.Memory;

/// <summary>How an activation of <see cref="MemoryGrain"/> tells itself, between other commands,
/// that vectors were made.</summary>
[Alias("memory-vectors")]
internal interface IFactVectors : IGrainWithStringKey
{
    [Alias("keep")]
    Task Keep();
}
