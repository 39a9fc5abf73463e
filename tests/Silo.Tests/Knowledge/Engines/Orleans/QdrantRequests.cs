using Google.Protobuf;
using Qdrant.Client.Grpc;

namespace Colloquy.Tests.Knowledge;

/// <summary>What every request about points must have.</summary>
internal static class QdrantRequests
{
    private static readonly string[] Whose = ["tenant", "collection", "generation"];

    /// <summary>Fails unless the request names tenant, collection and generation: in each of its points, or first of all in a filter
    /// that must hold.</summary>
    public static void SayWhose(IMessage request)
    {
        if (request is UpsertPoints upsert)
            Assert.All(upsert.Points, point => Assert.All(Whose, field => Assert.Contains(field, point.Payload.Keys)));
        else
            Assert.All(Whose.Zip(FilterOf(request).Must), pair =>
            {
                Assert.Equal(pair.First, pair.Second.Field.Key);
                Assert.True(pair.Second.Field.Match.HasKeyword || pair.Second.Field.Match.HasInteger);
            });
        Assert.True(request is UpsertPoints || FilterOf(request).Must.Count >= Whose.Length);
    }

    /// <summary>Fails unless it is of this scope.</summary>
    public static void SayWhose(IMessage request, string tenant, string collection, int generation)
    {
        SayWhose(request);
        if (request is UpsertPoints upsert)
            Assert.All(upsert.Points.Select(point => point.Payload), payload => Assert.Equal((tenant, collection, (long)generation),
                (payload["tenant"].StringValue, payload["collection"].StringValue, payload["generation"].IntegerValue)));
        else
            Assert.Equal((tenant, collection, (long)generation), (FilterOf(request).Must[0].Field.Match.Keyword,
                FilterOf(request).Must[1].Field.Match.Keyword, FilterOf(request).Must[2].Field.Match.Integer));
    }

    private static Filter FilterOf(IMessage request) => request switch
    {
        DeletePoints delete => delete.Points.Filter,
        CountPoints count => count.Filter,
        QueryPoints query => query.Filter,
        _ => throw new InvalidOperationException(request.Descriptor.Name),
    };
}
