namespace Colloquy.Tests.OpenAi;

/// <summary>Errors have OpenAI's shape, whoever noticed them.</summary>
[Collection(ApiTests.Name)]
public sealed class OpenAiErrorTests(ApiHost host)
{
    private const string Invalid = "invalid_request_error";
    private const string Completions = "/v1/chat/completions";

    [Theory]
    [InlineData("/v1/models")]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/embeddings")]
    public async Task A_key_that_nobody_knows_is_an_invalid_api_key(string path)
    {
        using var stranger = new OpenAiTenant(host.Root, "sk-wrong");
        OpenAiTenant.IsError(await stranger.Get(path), 401, Invalid, "invalid_api_key");
    }

    [Fact]
    public async Task A_key_without_the_role_is_refused()
    {
        using var tenant = await OpenAiTenant.New(host, "admin");
        OpenAiTenant.IsError(await tenant.Get("/v1/models"), 403, "permission_error", "forbidden");
    }

    [Theory]
    [InlineData("/v1/responses")]
    [InlineData("/v1/completions")]
    [InlineData("/v1/chat/nothing")]
    public async Task An_address_that_does_not_exist_is_an_unknown_url(string path)
    {
        using var tenant = await OpenAiTenant.New(host);
        OpenAiTenant.IsError(await tenant.Post(path, "{}"), 404, Invalid, "unknown_url");
    }

    [Fact]
    public async Task A_wrong_method_is_named()
    {
        using var tenant = await OpenAiTenant.New(host);
        OpenAiTenant.IsError(await tenant.Get(Completions), 405, Invalid, "method_not_allowed");
    }

    [Theory]
    [InlineData("{\"model\":")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"model\":\"a\",\"model\":\"b\"}")]
    public async Task A_body_that_is_no_JSON_object_is_refused(string body)
    {
        using var tenant = await OpenAiTenant.New(host);
        OpenAiTenant.IsError(await tenant.Post(Completions, body), 400, Invalid, "invalid_request");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        using var tenant = await OpenAiTenant.New(host);
        OpenAiTenant.IsError(await tenant.Ask(new string('a', 5_000_000)), 413, Invalid, "body_too_large");
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_refused_by_its_parameter()
    {
        using var tenant = await OpenAiTenant.New(host);
        OpenAiTenant.IsError(await tenant.Ask(new string('a', 300_000)), 400, Invalid, "string_above_max_length", "messages");
    }

    [Theory]
    [InlineData("no-such-agent")]
    [InlineData("panel:palaver")]
    [InlineData("research:pro")]
    [InlineData("../agents")]
    public async Task A_model_that_is_not_there_is_named(string model)
    {
        using var tenant = await OpenAiTenant.New(host);
        var answer = await tenant.Ask("Hello", agent: model);
        OpenAiTenant.IsError(answer, 404, Invalid, "model_not_found", "model");
        Assert.Contains(model, answer.Error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_budget_with_too_little_left_is_an_insufficient_quota_that_is_not_to_be_tried_again()
    {
        using var tenant = await OpenAiTenant.New(host);
        await tenant.Put("/v1/budgets/tenant", """{"tokens":1}""");
        var answer = await tenant.Ask("Hello");
        OpenAiTenant.IsError(answer, 429, "insufficient_quota", "insufficient_quota");
        Assert.Equal("false", answer.Header("x-should-retry"));
    }

    [Theory]
    [InlineData("[[fake fault=500]]", 502, "server_error", "upstream_error", null)]
    [InlineData("[[fake fault=401]]", 502, "server_error", "upstream_refused", null)]
    [InlineData("[[fake fault=quota]]", 429, "rate_limit_error", "rate_limit_exceeded", null)]
    [InlineData("[[fake fault=context]]", 400, Invalid, "context_length_exceeded", "messages")]
    public async Task A_run_that_fails_before_its_first_word_is_an_error_also_where_a_stream_was_asked_for(
        string message, int status, string type, string code, string? parameter)
    {
        using var tenant = await OpenAiTenant.New(host);
        OpenAiTenant.IsError(await tenant.Ask(message, "\"stream\":true"), status, type, code, parameter);
    }

    [Fact]
    public async Task A_run_that_fails_in_the_middle_ends_its_stream_with_an_error()
    {
        using var tenant = await OpenAiTenant.New(host);
        var answer = await tenant.Ask("[[fake text=one two three four fault=cut after=2]]", "\"stream\":true");
        Assert.Equal(200, answer.Status);
        OpenAiTenant.IsValid("ErrorResponse", answer.Events[^1]);
        Assert.Equal("upstream_error", answer.Chunks[^1].GetProperty("error").GetProperty("code").GetString());
    }
}
