using Colloquy.Embeddings;
using Colloquy.Models;
using Microsoft.Extensions.AI;

namespace Colloquy.Tests.Embeddings;

public sealed class HttpEmbeddingTests : EmbeddingStage
{
    private const string Hf = "hf/acme/model-1";

    [Fact]
    public async Task Tei_is_asked_below_its_address_without_a_key()
    {
        var vectors = await Embed("tei", "one", "three");
        Assert.Equal(2, vectors.Length);
        Assert.All(vectors, vector => Assert.Equal(1, vector.Sum(value => value * value), 1e-5));
        var asked = Assert.Single(Server.Requests);
        Assert.Equal(("/embed", ""), (asked.Path, asked.Authorization ?? ""));
        Assert.Equal("""{"inputs":["one","three"],"normalize":true,"truncate":true}""", asked.Body);
    }

    [Fact]
    public async Task Hugging_face_is_asked_for_the_model_with_the_token()
    {
        await Embed(Hf, "one");
        var asked = Assert.Single(Server.Requests);
        Assert.Equal(("/models/acme/model-1/pipeline/feature-extraction", "Bearer hf-token"), (asked.Path, asked.Authorization));
    }

    [Theory]
    [InlineData("[3,4]", "one", "0.6 0.8")]
    [InlineData("[[3,4]]", "one", "0.6 0.8")]
    [InlineData("[[3,4],[0,2]]", "one|two", "0.6 0.8|0 1")]
    [InlineData("[[3,0],[3,8]]", "one", "0.6 0.8")]
    [InlineData("[[[3,0],[3,8]]]", "one", "0.6 0.8")]
    [InlineData("[[[3,0],[3,8]],[[0,7]]]", "one|two", "0.6 0.8|0 1")]
    public async Task Vectors_are_read_in_all_shapes_and_those_of_tokens_are_averaged(string body, string texts, string expected)
    {
        Server.Enqueue(200, body);
        var vectors = await Embed(Hf, texts.Split('|'));
        Assert.Equal(expected, string.Join('|', vectors.Select(vector =>
            string.Join(' ', vector.Select(value => Math.Round(value, 4).ToString(System.Globalization.CultureInfo.InvariantCulture))))));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("[[1,2]")]
    [InlineData("[[1,NaN],[1,2]]")]
    [InlineData("[[1,null],[1,2]]")]
    [InlineData("[[1,\"2\"],[1,2]]")]
    [InlineData("[[1,2]]")]
    [InlineData("[[1,2],[1,2],[1,2]]")]
    [InlineData("[[1,2],[1,2,3]]")]
    [InlineData("[[1,2],3]")]
    [InlineData("[[0,0],[1,2]]")]
    [InlineData("[[1e40,0],[1,2]]")]
    [InlineData("[[[1,2],[1]],[[1,2]]]")]
    public async Task What_is_no_vector_for_each_text_is_a_bad_answer_that_is_not_asked_again(string body)
    {
        Server.Enqueue(200, body);
        Assert.Equal(ModelErrors.BadAnswer, (await Failure("tei", "one", "two")).Code);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task A_page_is_a_bad_answer()
    {
        Server.Enqueue(200, "<html>Sign in</html>", "text/html");
        Assert.Equal(ModelErrors.BadAnswer, (await Failure(Hf, "one")).Code);
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off()
    {
        Server.Enqueue(200, $"[[{new string('1', (int)Colloquy.Embeddings.Embedders.BodyMax)}]]");
        var failure = await Failure("tei", "one");
        Assert.Equal(ModelErrors.BadAnswer, failure.Code);
        Assert.Contains("bytes", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, ModelErrors.BadRequest)]
    [InlineData(401, ModelErrors.RefusedCredentials)]
    [InlineData(402, ModelErrors.RateLimited)]
    [InlineData(403, ModelErrors.RefusedCredentials)]
    [InlineData(404, ModelErrors.NotFound)]
    [InlineData(413, ModelErrors.ContextTooLong)]
    [InlineData(422, ModelErrors.BadRequest)]
    [InlineData(424, ModelErrors.ServerError)]
    public async Task A_refusal_has_its_code_and_is_not_asked_again(int status, string code)
    {
        Server.Enqueue(status, """{"error":"No.","error_type":"Why"}""");
        var failure = await Failure(Hf, "one");
        Assert.Equal((code, (int?)status, 1), (failure.Code, failure.Status, failure.Attempts));
        Assert.Contains("No.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(422, """{"error":"`inputs` must have less than 512 tokens. Given: 600","error_type":"Validation"}""")]
    [InlineData(413, """{"error":["Input validation error: tokens"]}""")]
    public async Task A_text_that_is_too_long_is_named(int status, string body)
    {
        Server.Enqueue(status, body);
        Assert.Equal(ModelErrors.ContextTooLong, (await Failure("tei", "one")).Code);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task A_fault_that_passes_is_not_noticed(int status)
    {
        Server.Enqueue(status, "<html>", "text/html");
        Server.Enqueue(status, """{"error":"overloaded"}""");
        Assert.Single(await Embed("tei", "one"));
        Assert.Equal(3, Server.Requests.Count);
    }

    [Fact]
    public async Task A_model_that_is_being_loaded_is_waited_for()
    {
        Server.Enqueue(503, """{"error":"Model is currently loading","estimated_time":20.5}""");
        Server.Enqueue(429, "{}", "application/json", ("Retry-After", "3"));
        Assert.Single(await Embed(Hf, "one"));
        Assert.Equal([TimeSpan.FromSeconds(20.5), TimeSpan.FromSeconds(3)], Clock.Skipped);
    }

    [Fact]
    public async Task A_model_that_takes_too_long_to_load_is_left_alone()
    {
        Server.Enqueue(503, """{"error":"Model is currently loading","estimated_time":200}""");
        var failure = await Failure(Hf, "one");
        Assert.Equal((ModelErrors.ServerError, (TimeSpan?)TimeSpan.FromSeconds(200)), (failure.Code, failure.RetryAfter));
    }

    [Fact]
    public async Task A_batch_that_is_too_large_is_halved()
    {
        Server.BatchMax = 3;
        string[] texts = [.. Enumerable.Range(1, 10).Select(at => new string('a', at))];
        var vectors = await Embed("tei", texts);
        var alone = await Embed("tei", texts[6]);
        Assert.Equal(alone[0], vectors[6]);
        Assert.All(Server.Requests.Skip(1).Where(one => one.Inputs.Count <= 3), one => Assert.InRange(one.Inputs.Count, 1, 3));
    }

    [Fact]
    public async Task Many_texts_go_in_batches_of_32_and_come_back_in_order()
    {
        string[] texts = [.. Enumerable.Range(1, 100).Select(at => new string('a', at))];
        var vectors = await Embed("tei", texts);
        Assert.Equal([4, 32, 32, 32], Server.Requests.Select(one => one.Inputs.Count).Order());
        // The servers' vectors turn with the length of the text.
        Assert.Equal(vectors.Select(vector => vector[0]).Order(), vectors.Select(vector => vector[0]));
    }

    [Fact]
    public async Task A_text_without_a_word_is_the_zero_vector_and_not_asked_for()
    {
        var vectors = await Embed("tei", "", "word", " -- \n");
        Assert.Equal(["word"], Assert.Single(Server.Requests).Inputs);
        Assert.Equal((0f, 4), (vectors[0].Max(MathF.Abs), vectors[2].Length));
        Assert.Equal(4, (await Embed("tei", " "))[0].Length);
    }

    [Fact]
    public async Task A_server_that_changes_its_model_is_noticed()
    {
        var embedder = Embedders().Resolve("tei");
        await embedder.Client.GenerateVectorAsync("one");
        Server.Dimensions = 5;
        var failure = await Assert.ThrowsAsync<ModelException>(() => embedder.Client.GenerateVectorAsync("two"));
        Assert.Equal(ModelErrors.BadAnswer, failure.Code);
    }

    [Fact]
    public async Task Silence_is_a_stall()
    {
        Clock = new TestClock();
        Server.Stall();
        var failure = Failure("tei", "one");
        await Server.Requested();
        await Clock.Awaited(Options.Tei!.FirstToken);
        Clock.Advance(Options.Tei.FirstToken);
        Assert.Equal(ModelErrors.Stalled, (await failure).Code);
    }

    [Fact]
    public async Task Nobody_there_is_unreachable_after_all_attempts()
    {
        var gone = await VectorServer.Start();
        var options = Options with { Tei = new() { BaseUrl = gone.Url } };
        await gone.DisposeAsync();
        var failure = await Assert.ThrowsAsync<ModelException>(
            () => Embedders(options).Resolve("tei").Client.GenerateVectorAsync("one"));
        Assert.Equal((ModelErrors.Unreachable, 4), (failure.Code, failure.Attempts));
    }
}
