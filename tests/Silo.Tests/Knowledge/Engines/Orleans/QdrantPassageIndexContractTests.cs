using Colloquy.Knowledge;

namespace Colloquy.Tests.Knowledge;

/// <summary>Qdrant's index keeps the contract of all indexes, over Qdrant's own protocol.</summary>
public sealed class QdrantPassageIndexContractTests : PassageIndexContract
{
    private QdrantDouble _qdrant = null!;
    private QdrantConnection _connection = null!;

    protected override async Task<IPassageIndex> Open()
    {
        _qdrant = await QdrantDouble.Start();
        var options = new QdrantOptions { Address = _qdrant.Address, CallTimeout = TimeSpan.FromSeconds(30) };
        _connection = new QdrantConnection(options);
        return new QdrantPassageIndex(_connection, options);
    }

    protected override async Task Close()
    {
        Assert.All(_qdrant.Requests.Where(request => request.Descriptor.Name.EndsWith("Points", StringComparison.Ordinal)),
            QdrantRequests.SayWhose);
        _connection.Dispose();
        await _qdrant.DisposeAsync();
    }
}
