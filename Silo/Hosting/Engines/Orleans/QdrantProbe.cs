using Colloquy.Knowledge;
using Colloquy.Storage;

namespace Colloquy.Hosting;

/// <summary>Whether the Qdrant that is set up answers, and takes the key.</summary>
internal static class QdrantProbe
{
    private const string Name = "Qdrant";

    public static async Task<Finding> Look(ColloquySettings settings, CancellationToken cancellation)
    {
        if (settings.Tools.QdrantUrl is not { } address)
            return Finding.Absent(Name, settings.Cluster is null
                ? $"passages are kept in the process's own file; {KnownSettings.QdrantUrl.Name} puts them elsewhere"
                : $"a cluster has no collections of its own without {KnownSettings.QdrantUrl.Name}");
        using var qdrant = new QdrantConnection(new QdrantOptions
        {
            Address = address,
            ApiKey = settings.Tools.QdrantKey,
            CallTimeout = Doctor.Patience,
        });
        try
        {
            var version = await qdrant.Version(cancellation);
            await qdrant.Check(cancellation);
            return Finding.Ok(Name, $"version {version} at {address}");
        }
        catch (StoreUnusableException refused)
        {
            return Finding.Wrong(Name, $"{refused.Message} {KnownSettings.QdrantKey.Name} is its key.");
        }
        catch (StoreUnavailableException failure)
        {
            return Finding.Wrong(Name, $"{address} does not answer; it must be the gRPC port, 6334 as a rule. {failure.Message}");
        }
    }
}
