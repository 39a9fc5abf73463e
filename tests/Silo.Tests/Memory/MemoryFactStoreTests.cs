using Colloquy.Doubles;
using Colloquy.Memory;

namespace Colloquy.Tests.Memory;

public sealed class MemoryFactStoreTests : FactStoreContract
{
    protected override Task<IFactStore?> Open() => Task.FromResult<IFactStore?>(new MemoryFactStore());

    protected override Task Close() => Task.CompletedTask;
}
