using System.Net;
using System.Net.Sockets;
using System.Text;
using Colloquy.FakeModel;
using Colloquy.Models;
using Colloquy.Models.OpenAi;
using Microsoft.Extensions.AI;

namespace Colloquy.Tests.Models.OpenAi;

public sealed class OpenAiFaultTests : OpenAiStage
{
    public static TheoryData<string, string, int> Refusals => new()
    {
        { "400", ModelErrors.BadRequest, 1 },
        { "401", ModelErrors.RefusedCredentials, 1 },
        { "402", ModelErrors.RateLimited, 1 },
        { "403", ModelErrors.RefusedCredentials, 1 },
        { "404", ModelErrors.NotFound, 1 },
        { "413", ModelErrors.ContextTooLong, 1 },
        { "422", ModelErrors.BadRequest, 1 },
        { "context", ModelErrors.ContextTooLong, 1 },
        { "quota", ModelErrors.RateLimited, 1 },
        { "408", ModelErrors.ServerError, 4 },
        { "409", ModelErrors.BadRequest, 4 },
        { "425", ModelErrors.BadRequest, 4 },
        { "429", ModelErrors.RateLimited, 4 },
        { "500", ModelErrors.ServerError, 4 },
        { "503", ModelErrors.ServerError, 4 },
        { "reset", ModelErrors.Unreachable, 4 },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refused_stream_has_the_code_of_its_reason(string fault, string code, int attempts) =>
        Check(await Ask(streamed: true, $"[[fake fault={fault}]]"), code, attempts);

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refused_whole_answer_has_the_code_of_its_reason(string fault, string code, int attempts) =>
        Check(await Ask(streamed: false, $"[[fake fault={fault}]]"), code, attempts);

    [Theory]
    [InlineData("garbage-body", ModelErrors.BadAnswer, 1)]
    [InlineData("wrong-type", ModelErrors.BadAnswer, 1)]
    [InlineData("empty", ModelErrors.BadAnswer, 1)]
    [InlineData("garbage-chunk after=0", ModelErrors.BadAnswer, 1)]
    [InlineData("garbage-chunk after=2", ModelErrors.BadAnswer, 1)]
    [InlineData("cut after=0", ModelErrors.StreamCut, 4)]
    [InlineData("cut after=2", ModelErrors.StreamCut, 1)]
    [InlineData("truncated-utf8 after=0", ModelErrors.BadAnswer, 1)]
    [InlineData("truncated-utf8 after=2", ModelErrors.StreamCut, 1)]
    [InlineData("error-in-stream after=0", ModelErrors.ServerError, 4)]
    [InlineData("error-in-stream after=2", ModelErrors.ServerError, 1)]
    public async Task A_broken_stream_is_an_error_and_repeated_only_before_its_first_token(
        string fault, string code, int attempts) =>
        Check(await Ask(streamed: true, $"[[fake text=one two three four fault={fault}]]"), code, attempts);

    [Theory]
    [InlineData("garbage-body", ModelErrors.BadAnswer, 1)]
    [InlineData("wrong-type", ModelErrors.BadAnswer, 1)]
    [InlineData("empty", ModelErrors.BadAnswer, 1)]
    [InlineData("garbage-chunk", ModelErrors.BadAnswer, 1)]
    [InlineData("truncated-utf8", ModelErrors.BadAnswer, 1)]
    [InlineData("error-in-stream", ModelErrors.BadAnswer, 1)]
    [InlineData("cut", ModelErrors.StreamCut, 4)]
    public async Task A_broken_whole_answer_is_an_error(string fault, string code, int attempts) =>
        Check(await Ask(streamed: false, $"[[fake text=one two three four fault={fault}]]"), code, attempts);

    [Theory]
    [InlineData("split")]
    [InlineData("no-done")]
    public async Task A_stream_with_odd_packets_or_without_its_last_line_is_whole(string fault)
    {
        var (answer, _) = await Ask(streamed: true, $"[[fake text=caf\u00e9 na\u00efve fault={fault}]]");
        Assert.Equal(("caf\u00e9 na\u00efve", ChatFinishReason.Stop), (answer!.Text, answer.FinishReason));
    }

    [Fact]
    public async Task What_was_streamed_before_a_cut_reaches_the_caller_and_then_the_error()
    {
        var seen = new List<string>();
        var failure = await Assert.ThrowsAsync<ModelException>(async () =>
        {
            await foreach (var update in Client().GetStreamingResponseAsync("[[fake text=one two three fault=cut after=2]]"))
                seen.Add(update.Text);
        });
        Assert.Equal(["one ", "two "], seen);
        Assert.Equal((ModelErrors.StreamCut, 1), (failure.Code, failure.Attempts));
        Assert.Single(Model.Requests);
    }

    [Fact]
    public async Task A_service_that_nobody_runs_is_unreachable()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var nobody = Options with { BaseUrl = new Uri($"http://127.0.0.1:{port}/v1") };
        var (_, failure) = await Ask(streamed: true, "Hello", client: nobody);
        Assert.Equal((ModelErrors.Unreachable, 4), (failure!.Code, failure.Attempts));
    }

    [Fact]
    public async Task A_redirect_is_not_followed_so_that_the_key_goes_nowhere_else()
    {
        var (_, failure) = await AskCanned(HttpStatusCode.Redirect, "text/html", "moved");
        Assert.Equal(ModelErrors.BadRequest, failure!.Code);
    }

    [Fact]
    public async Task An_error_says_what_the_service_said_and_holds_no_secret()
    {
        var (_, failure) = await Ask(streamed: false, "[[fake fault=429 retry=3]]", client: Options with { Attempts = 1 });
        Assert.Contains("Rate limit reached", failure!.Message, StringComparison.Ordinal);
        Assert.Equal((429, TimeSpan.FromSeconds(3)), (failure.Status, failure.RetryAfter));
        Assert.DoesNotContain("Bearer", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_about_the_context_mean_a_prompt_that_is_too_long()
    {
        var (_, failure) = await AskCanned(HttpStatusCode.BadRequest, "application/json",
            """{"object":"error","message":"This model's maximum context length is 4096 tokens.","code":400}""");
        Assert.Equal(ModelErrors.ContextTooLong, failure!.Code);
    }

    [Fact]
    public async Task Thoughts_that_are_streamed_before_the_answer_are_kept_apart()
    {
        const string Head = """data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":""";
        var (answer, _) = await AskCanned(HttpStatusCode.OK, "text/event-stream",
            Head + """[{"index":0,"delta":{"role":"assistant","reasoning_content":"Hm."},"finish_reason":null}]}""" + "\n\n"
            + Head + """[{"index":0,"delta":{"content":"Yes."},"finish_reason":"stop"}]}""" + "\n\ndata: [DONE]\n\n");
        Assert.Equal("Yes.", answer!.Text);
        Assert.Equal("Hm.", answer.Messages[0].Contents.OfType<TextReasoningContent>().Single().Text);
    }

    private async Task<(ChatResponse? Answer, ModelException? Failure)> AskCanned(HttpStatusCode status, string type, string body)
    {
        using var http = new HttpClient(new Canned(status, type, body));
        using var client = new OpenAiChatClient(Options with { Attempts = 1 }, Clock, Telemetry, http);
        try
        {
            return (await client.GetStreamingResponseAsync("Hello").ToChatResponseAsync(), null);
        }
        catch (ModelException failure)
        {
            return (null, failure);
        }
    }

    private void Check((ChatResponse? Answer, ModelException? Failure) result, string code, int attempts)
    {
        Assert.Null(result.Answer);
        Assert.Equal((code, attempts), (result.Failure!.Code, result.Failure.Attempts));
        Assert.Equal(attempts, Model.Requests.Count);
    }

    private sealed class Canned(HttpStatusCode status, string type, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, type) });
    }
}
