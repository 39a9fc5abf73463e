using Colloquy.FakeModel;
using Colloquy.Models;
using Microsoft.Extensions.AI;

namespace Colloquy.Tests.Embeddings;

public sealed class OpenAiEmbeddingTests : EmbeddingStage
{
    private const string Small = "openai/text-embedding-3-small";

    [Fact]
    public async Task Vectors_come_in_the_order_of_the_texts_and_are_of_length_1()
    {
        Model.ScriptEmbeddings(_ => ScriptedTurn.Parse("fault=unordered"));
        var vectors = await Embed(Small, "alpha beta", "gamma", "alpha beta delta");
        Assert.All(vectors, vector => Assert.Equal(1, vector.Sum(value => (double)value * value), 1e-5));
        Assert.True(Dot(vectors[0], vectors[2]) > 0.5 && Math.Abs(Dot(vectors[0], vectors[1])) < 0.1);
        Assert.Equal("text-embedding-3-small", Assert.Single(Model.Requests).Model);
    }

    [Fact]
    public async Task Usage_is_what_the_service_counted()
    {
        var answer = await Embedders().Resolve(Small).Client.GenerateAsync(["one two", "three"]);
        Assert.Equal(3, answer.Usage!.InputTokenCount);
    }

    [Fact]
    public async Task Many_texts_go_in_batches()
    {
        await Embed(Small, [.. Enumerable.Range(0, 600).Select(at => $"text {at}")]);
        Assert.Equal(2, Model.Requests.Count);
    }

    [Theory]
    [InlineData("fault=401", ModelErrors.RefusedCredentials, 1)]
    [InlineData("fault=404", ModelErrors.NotFound, 1)]
    [InlineData("fault=quota", ModelErrors.RateLimited, 1)]
    [InlineData("fault=context", ModelErrors.ContextTooLong, 1)]
    [InlineData("fault=500", ModelErrors.ServerError, 4)]
    [InlineData("fault=garbage-body", ModelErrors.BadAnswer, 1)]
    [InlineData("fault=wrong-type", ModelErrors.BadAnswer, 1)]
    [InlineData("fault=garbage-chunk", ModelErrors.BadAnswer, 1)]
    [InlineData("fault=short", ModelErrors.BadAnswer, 1)]
    [InlineData("fault=nan", ModelErrors.BadAnswer, 1)]
    [InlineData("fault=uneven", ModelErrors.BadAnswer, 1)]
    [InlineData("fault=zeros", ModelErrors.BadAnswer, 1)]
    public async Task A_failure_has_the_code_of_models(string fault, string code, int attempts)
    {
        Model.ScriptEmbeddings(_ => ScriptedTurn.Parse(fault));
        var failure = await Failure(Small, "one", "two");
        Assert.Equal((code, attempts), (failure.Code, Model.Requests.Count));
    }

    [Fact]
    public async Task A_fault_that_passes_is_not_noticed()
    {
        Model.ScriptEmbeddings(_ => ScriptedTurn.Parse("fault=503 times=2"));
        Assert.Single(await Embed(Small, "one"));
        Assert.Equal(3, Model.Requests.Count);
    }

    private static double Dot(float[] one, float[] other) => one.Zip(other, (a, b) => (double)a * b).Sum();
}
