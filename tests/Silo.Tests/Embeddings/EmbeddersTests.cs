using Colloquy.Embeddings;
using Colloquy.Hosting;
using Colloquy.Tests.Hosting;

namespace Colloquy.Tests.Embeddings;

public sealed class EmbeddersTests : EmbeddingStage
{
    [Theory]
    [InlineData(null, "hashed/1")]
    [InlineData(" ", "hashed/1")]
    [InlineData("hashed", "hashed/1")]
    [InlineData("hashed/1", "hashed/1")]
    [InlineData("tei", "tei")]
    [InlineData("openai/any-model", "openai/any-model")]
    [InlineData("hf/acme/model", "hf/acme/model")]
    public void A_name_leads_to_its_embedder(string? name, string expected) =>
        Assert.Equal(expected, Embedders().Resolve(name).Name);

    [Theory]
    [InlineData("openai/a", "OPENAI_API_KEY")]
    [InlineData("hf/a", "HF_TOKEN")]
    [InlineData("tei", "TEI_URL")]
    [InlineData("openai/", null)]
    [InlineData("hashed/2", null)]
    [InlineData("hf/../a", null)]
    [InlineData("hf/a/b/c", null)]
    [InlineData("hf/a?b", null)]
    [InlineData("cohere/a", null)]
    public void A_name_without_its_provider_tells_the_setting_that_it_needs(string name, string? setting)
    {
        var missing = Assert.Throws<EmbedderMissingException>(() => Embedders(new EmbeddingOptions()).Resolve(name));
        Assert.Equal((name, setting), (missing.Name, missing.Setting));
    }

    [Fact]
    public void What_is_set_up_can_be_named()
    {
        Assert.Equal(["hashed"], Embedders(new EmbeddingOptions()).Names.AsEnumerable());
        Assert.Equal(["hashed", "openai/mine", "tei"], Embedders(Options with { Default = "openai/mine" }).Names.AsEnumerable());
        Assert.Equal("tei", Embedders(Options with { Default = "tei" }).Default.Name);
    }

    [Fact]
    public void One_embedder_serves_all_callers()
    {
        var embedders = Embedders();
        Assert.Same(embedders.Resolve("tei").Client, embedders.Resolve("tei").Client);
    }

    [Theory]
    [InlineData("openai/text-embedding-3-small", "OPENAI_API_KEY")]
    [InlineData("hf/acme/model", "HF_TOKEN")]
    [InlineData("tei", "TEI_URL")]
    [InlineData("word2vec", "must be hashed")]
    public void A_default_that_is_not_there_is_a_mistake_of_the_settings(string model, string told)
    {
        var wrong = Assert.Throws<SettingsException>(() => Read(("COLLOQUY_EMBEDDING_MODEL", model), ("COLLOQUY_ROLE", "nothing")));
        Assert.Equal(2, wrong.Mistakes.Count);
        Assert.Contains(wrong.Mistakes, mistake => mistake.StartsWith("COLLOQUY_EMBEDDING_MODEL", StringComparison.Ordinal)
            && mistake.Contains(told, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("openai/a", "OPENAI_API_KEY", "key")]
    [InlineData("openai/a", "OPENAI_BASE_URL", "http://127.0.0.1:8000/v1")]
    [InlineData("hf/acme/model", "HF_TOKEN", "token")]
    [InlineData("hf/model", "HF_BASE_URL", "http://127.0.0.1:8000")]
    [InlineData("tei", "TEI_URL", "http://127.0.0.1:8080")]
    public void A_provider_is_set_up_by_its_setting(string model, string name, string value)
    {
        var settings = Read(("COLLOQUY_EMBEDDING_MODEL", model), (name, value), ("COLLOQUY_MODEL_ATTEMPTS", "2"));
        Assert.True(settings.Embeddings.Has(model, out _));
        var provider = settings.Embeddings.OpenAi ?? settings.Embeddings.HuggingFace ?? settings.Embeddings.Tei;
        Assert.Equal(2, provider!.Attempts);
        Assert.DoesNotContain("token", settings.Embeddings.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hashed", Condition.Ok, "384")]
    [InlineData("tei", Condition.Ok, "vectors of 4")]
    [InlineData("hf/acme/model", Condition.Wrong, "refused with 401")]
    public async Task The_doctor_tries_the_chosen_model(string model, Condition condition, string detail)
    {
        if (condition is Condition.Wrong)
            Server.Enqueue(401, """{"error":"Invalid token"}""");
        var finding = await EmbeddingProbe.Look(Options with { Default = model }, default);
        Assert.Equal(condition, finding.Condition);
        Assert.Contains(detail, finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_doctor_tells_which_providers_are_there()
    {
        var findings = EmbeddingProbe.Others(new EmbeddingOptions { Tei = Options.Tei }).ToList();
        Assert.Equal([Condition.Absent, Condition.Absent, Condition.Ok], findings.Select(finding => finding.Condition));
        Assert.Contains("HF_TOKEN", findings[1].Detail, StringComparison.Ordinal);
    }

    private static ColloquySettings Read(params (string Name, string Value)[] settings) =>
        ColloquySettings.Read(SettingsTests.Configuration(settings));
}
