using System.Text.Json;
using Colloquy.FakeModel;

namespace Colloquy.Tests.OpenAi;

/// <summary>Vectors for OpenAI's clients.</summary>
[Collection(ApiTests.Name)]
public sealed class EmbeddingTests(ApiHost host)
{
    private const string Invalid = "invalid_request_error";
    private const string Path = "/v1/embeddings";

    [Theory]
    [InlineData("hashed")]
    [InlineData("hashed/1")]
    [InlineData("auto")]
    public async Task The_embedder_of_the_deployment_answers_as_published(string model)
    {
        using var tenant = await OpenAiTenant.New(host);
        var answer = await tenant.Post(Path, $$"""{"model":"{{model}}","input":["blood pressure","the pressures of blood"," "]}""");
        OpenAiTenant.IsValid("CreateEmbeddingResponse", answer.Text);
        var vectors = Vectors(answer);
        Assert.Equal("hashed/1", answer.Json.GetProperty("model").GetString());
        Assert.All(vectors, vector => Assert.Equal(384, vector.Length));
        Assert.True(vectors[0].Zip(vectors[1], (one, other) => one * other).Sum() > 0.8);
        Assert.All(vectors[2], value => Assert.Equal(0, value));
        Assert.True(answer.Json.GetProperty("usage").GetProperty("prompt_tokens").GetInt32() > 0);
    }

    [Fact]
    public async Task The_official_client_reads_the_same_vector_in_base64()
    {
        using var tenant = await OpenAiTenant.New(host);
        var read = (await tenant.Embeddings("hashed").GenerateEmbeddingAsync("heart failure")).Value.ToFloats().ToArray();
        var sent = Vectors(await tenant.Post(Path, """{"model":"hashed","input":"heart failure"}"""))[0];
        Assert.Equal(sent, read);
    }

    [Theory]
    [InlineData("text-embedding-3-small")]
    [InlineData("openai/text-embedding-3-small")]
    public async Task A_model_of_openai_is_asked_by_its_own_name_too(string model)
    {
        using var tenant = await OpenAiTenant.New(host);
        var vectors = Vectors(await tenant.Post(Path, $$"""{"model":"{{model}}","input":"first second","dimensions":1536}"""));
        Assert.Equal(1536, Assert.Single(vectors).Length);
    }

    [Theory]
    [InlineData("""{"input":"a"}""", "missing_required_parameter", "model")]
    [InlineData("""{"model":"hashed"}""", "missing_required_parameter", "input")]
    [InlineData("""{"model":"hashed","input":[1,2,3]}""", "invalid_type", "input")]
    [InlineData("""{"model":"hashed","input":[[1,2,3]]}""", "invalid_type", "input")]
    [InlineData("""{"model":"hashed","input":{}}""", "invalid_type", "input")]
    [InlineData("""{"model":"hashed","input":[]}""", "invalid_value", "input")]
    [InlineData("""{"model":"hashed","input":""}""", "invalid_value", "input")]
    [InlineData("""{"model":"hashed","input":["a",""]}""", "invalid_value", "input")]
    [InlineData("""{"model":"hashed","input":"a","encoding_format":"int8"}""", "invalid_value", "encoding_format")]
    [InlineData("""{"model":"hashed","input":"a","dimensions":256}""", "invalid_value", "dimensions")]
    [InlineData("""{"model":"hashed","input":"a","dimensions":0}""", "invalid_value", "dimensions")]
    public async Task What_cannot_be_done_is_refused_by_its_parameter(string body, string code, string parameter)
    {
        using var tenant = await OpenAiTenant.New(host);
        OpenAiTenant.IsError(await tenant.Post(Path, body), 400, Invalid, code, parameter);
    }

    [Fact]
    public async Task Too_many_texts_and_too_much_text_are_refused()
    {
        using var tenant = await OpenAiTenant.New(host);
        var many = string.Join(',', Enumerable.Repeat("\"a\"", 2049));
        var answer = await tenant.Post(Path, $$"""{"model":"hashed","input":[{{many}}]}""");
        OpenAiTenant.IsError(answer, 400, Invalid, "invalid_value", "input");
        var much = $$"""{"model":"hashed","input":"{{new string('a', 33_000)}}"}""";
        OpenAiTenant.IsError(await tenant.Post(Path, much), 400, Invalid, "string_above_max_length", "input");
    }

    [Theory]
    [InlineData("no-such-model", "does not exist")]
    [InlineData("hf/../secret", "does not exist")]
    [InlineData("hf/acme/model", "HF_TOKEN")]
    [InlineData("tei", "TEI_URL")]
    public async Task A_model_that_is_not_there_is_named_with_the_setting_that_it_lacks(string model, string detail)
    {
        using var tenant = await OpenAiTenant.New(host);
        var answer = await tenant.Post(Path, $$"""{"model":"{{model}}","input":"a"}""");
        OpenAiTenant.IsError(answer, 404, Invalid, "model_not_found", "model");
        Assert.Contains(detail, answer.Error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fault=401", 502, "server_error", "upstream_refused", null)]
    [InlineData("fault=quota", 429, "rate_limit_error", "rate_limit_exceeded", null)]
    [InlineData("fault=context", 400, Invalid, "context_length_exceeded", "input")]
    [InlineData("fault=zeros", 502, "server_error", "upstream_error", null)]
    public async Task A_service_that_fails_is_an_error(string fault, int status, string type, string code, string? parameter)
    {
        using var tenant = await OpenAiTenant.New(host);
        var text = $"unique words for {fault}";
        host.Model.ScriptEmbeddings(request => request.LastUser == text ? ScriptedTurn.Parse(fault) : null);
        var answer = await tenant.Post(Path, $$"""{"model":"text-embedding-ada-002","input":"{{text}}"}""");
        OpenAiTenant.IsError(answer, status, type, code, parameter);
    }

    [Fact]
    public async Task Embedding_models_are_listed_by_their_provider_and_found()
    {
        using var tenant = await OpenAiTenant.New(host);
        var models = await tenant.Models().GetModelsAsync();
        Assert.Contains(models.Value, model => model is { Id: "hashed", OwnedBy: "colloquy" });
        Assert.Equal("hashed", (await tenant.Models().GetModelAsync("hashed")).Value.Id);
    }

    private static List<float[]> Vectors(Answer answer) =>
        [.. answer.Json.GetProperty("data").EnumerateArray().Select(one => Read(one.GetProperty("embedding")))];

    private static float[] Read(JsonElement vector) => [.. vector.EnumerateArray().Select(value => value.GetSingle())];
}
