using System.Text.Json;
using Colloquy.OpenAi;
using Colloquy.Problems;

namespace Colloquy.Tests.OpenAi;

public sealed class ChatRequestTests
{
    private const string Hello = """[{"role":"user","content":"Hello"}]""";

    [Fact]
    public void Instructions_are_joined_and_the_last_message_is_the_question()
    {
        var conversation = Messages("""
            [{"role":"system","content":"Be brief."},{"role":"user","content":"One?"},{"role":"assistant","content":"Yes."},
             {"role":"developer","content":"Be kind."},{"role":"user","content":"Two?"},{"role":"user","content":"Three?"}]
            """);
        Assert.Equal("Be brief.\n\nBe kind.", conversation.Instructions);
        Assert.Equal("Two?\n\nThree?", conversation.Question);
        var turn = Assert.Single(conversation.History);
        Assert.Equal(("One?", "Yes."), (turn.Question, turn.Answer));
    }

    [Fact]
    public void Whoever_speaks_several_times_in_a_row_is_heard_as_once()
    {
        var conversation = Messages("""
            [{"role":"assistant","content":"Welcome."},{"role":"user","content":"a"},{"role":"user","content":"b"},
             {"role":"assistant","content":"c"},{"role":"assistant","content":"d"},{"role":"user","content":"e"}]
            """);
        Assert.Equal([("", "Welcome."), ("a\n\nb", "c\n\nd")], conversation.History.Select(turn => (turn.Question, turn.Answer)));
        Assert.Equal("e", conversation.Question);
    }

    [Fact]
    public void Parts_of_text_are_joined()
    {
        var conversation = Messages("""[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]""");
        Assert.Equal("a\nb", conversation.Question);
    }

    [Fact]
    public void The_earliest_turns_give_way_and_are_counted()
    {
        var turns = string.Concat(Enumerable.Range(0, 40).Select(n =>
            $$"""{"role":"user","content":"q{{n}}"},{"role":"assistant","content":"a{{n}}"},"""));
        var conversation = Messages($$"""[{{turns}}{"role":"user","content":"last"}]""");
        Assert.Equal(16, conversation.Dropped);
        Assert.Equal(("q16", "q39"), (conversation.History[0].Question, conversation.History[^1].Question));
        Assert.Equal(24, conversation.History.Select(turn => turn.MessageId).Distinct().Count());
    }

    [Theory]
    [InlineData("""{"messages":[]}""", "missing_required_parameter", "model")]
    [InlineData("""{"model":7}""", "invalid_type", "model")]
    [InlineData("""{"model":"m"}""", "missing_required_parameter", "messages")]
    [InlineData("""{"model":"m","messages":{}}""", "invalid_type", "messages")]
    [InlineData("""{"model":"m","messages":[]}""", "invalid_value", "messages")]
    [InlineData("""{"model":"m","messages":["Hello"]}""", "invalid_type", "messages[0]")]
    [InlineData("""{"model":"m","messages":[{"content":"x"}]}""", "missing_required_parameter", "messages[0].role")]
    [InlineData("""{"model":"m","messages":[{"role":"critic","content":"x"}]}""", "invalid_value", "messages[0].role")]
    [InlineData("""{"model":"m","messages":[{"role":"tool","content":"x"}]}""", "unsupported_parameter", "messages[0].role")]
    [InlineData("""{"model":"m","messages":[{"role":"user"}]}""", "missing_required_parameter", "messages[0].content")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"  "}]}""", "invalid_value", "messages")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"\ud800"}]}""", "invalid_value", "messages[0].content")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"a\u0000"}]}""", "invalid_value", "messages[0].content")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"},{"role":"assistant","content":"y"}]}""",
        "invalid_value", "messages")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"u"}}]}]}""",
        "unsupported_parameter", "messages[0].content[0].type")]
    [InlineData("""{"model":"m","messages":[{"role":"assistant","tool_calls":[{}]}]}""",
        "unsupported_parameter", "messages[0].tool_calls")]
    public void What_is_wrong_with_a_request_is_named(string body, string code, string parameter) =>
        Refuses(body, code, parameter);

    [Theory]
    [InlineData("\"tools\":[{}]", "unsupported_parameter", "tools")]
    [InlineData("\"functions\":[{}]", "unsupported_parameter", "functions")]
    [InlineData("\"tool_choice\":\"required\"", "unsupported_parameter", "tool_choice")]
    [InlineData("\"response_format\":{\"type\":\"json_object\"}", "unsupported_parameter", "response_format")]
    [InlineData("\"logprobs\":true", "unsupported_parameter", "logprobs")]
    [InlineData("\"top_logprobs\":2", "unsupported_parameter", "logprobs")]
    [InlineData("\"audio\":{}", "unsupported_parameter", "audio")]
    [InlineData("\"modalities\":[\"text\",\"audio\"]", "unsupported_parameter", "modalities")]
    [InlineData("\"web_search_options\":{}", "unsupported_parameter", "web_search_options")]
    [InlineData("\"n\":9", "invalid_value", "n")]
    [InlineData("\"n\":\"2\"", "invalid_type", "n")]
    [InlineData("\"stream\":1", "invalid_type", "stream")]
    [InlineData("\"stream_options\":{\"include_usage\":true}", "invalid_value", "stream_options")]
    [InlineData("\"max_tokens\":0", "invalid_value", "max_tokens")]
    [InlineData("\"temperature\":3", "invalid_value", "temperature")]
    [InlineData("\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\"]", "invalid_value", "stop")]
    [InlineData("\"stop\":[1]", "invalid_type", "stop")]
    [InlineData("\"metadata\":{\"a\":1}", "invalid_type", "metadata")]
    public void What_cannot_be_done_is_refused_by_the_parameters_name(string member, string code, string parameter) =>
        Refuses($$"""{"model":"m","messages":{{Hello}},{{member}}}""", code, parameter);

    [Fact]
    public void Too_much_text_is_refused()
    {
        var (question, instructions) = (new string('a', 300_000), new string('a', 40_000));
        Refuses($$"""{"model":"m","messages":[{"role":"user","content":"{{question}}"}]}""",
            "string_above_max_length", "messages");
        Refuses($$"""{"model":"m","messages":[{"role":"system","content":"{{instructions}}"},{"role":"user","content":"x"}]}""",
            "string_above_max_length", "messages");
    }

    [Fact]
    public void What_means_nothing_is_taken_without_a_word()
    {
        var request = Read("""
            "tools":[],"tool_choice":"none","parallel_tool_calls":true,"response_format":{"type":"text"},"logprobs":false,
            "audio":null,"modalities":["text"],"user":"u","safety_identifier":"s","top_p":1.0,"presence_penalty":0,
            "frequency_penalty":0.0,
            "logit_bias":{},"service_tier":"auto","seed":null,"stop":null,"store":false,"metadata":{"k":"v"}
            """);
        Assert.Empty(request.Ignored);
        Assert.Equal("v", request.Metadata["k"]);
    }

    [Fact]
    public void What_has_no_effect_is_named() =>
        Assert.Equal("top_p seed verbosity future",
            string.Join(' ', Read("\"top_p\":0.5,\"seed\":1,\"verbosity\":\"low\",\"future\":{}").Ignored));

    [Fact]
    public void The_lower_of_two_token_limits_holds() =>
        Assert.Equal(5, Read("\"max_tokens\":5,\"max_completion_tokens\":9").TokensMax);

    [Fact]
    public void The_same_request_has_the_same_fingerprint_and_another_one_has_another()
    {
        Assert.Equal(Read("\"n\":2").Fingerprint, Read("\"n\": 2").Fingerprint);
        Assert.NotEqual(Read("\"n\":2").Fingerprint, Read("\"n\":3").Fingerprint);
    }

    private static void Refuses(string body, string code, string parameter)
    {
        var problem = Assert.Throws<ProblemException>(() => ChatRequestReader.Read(JsonElement.Parse(body))).Problem;
        Assert.Equal((code, parameter), (problem.Code.Code, problem.Errors?.Keys.Single()));
    }

    private static Conversation Messages(string messages) =>
        ChatRequestReader.Read(JsonElement.Parse($$"""{"model":"m","messages":{{messages}}}""")).Conversation;

    private static ChatRequest Read(string members) =>
        ChatRequestReader.Read(JsonElement.Parse($$"""{"model":"m","messages":{{Hello}},{{members}}}"""));
}
