using System.Text.RegularExpressions;
using Colloquy.Knowledge;
using Colloquy.Knowledge.Citations;
using Colloquy.Models;
using Colloquy.Models.Extractive;
using Microsoft.Extensions.AI;

namespace Colloquy.Tests.Models.Extractive;

public sealed partial class ExtractiveChatClientTests
{
    private static readonly string[] _all = ["clinical-research", "medicine", "regulatory", "research-methods"];

    private readonly ShippedKnowledge _knowledge = new();

    public static TheoryData<string> Related =>
    [
        "Which class does diagnostic software have under rule 11?",
        "What is the difference between a 510(k), a De Novo request and a PMA?",
        "How quickly must a fatal SUSAR be reported?",
        "Can I take ibuprofen with warfarin?",
        "I have crushing chest pain spreading to my left arm",
        "hypertension",
        "How do effect size and power determine the sample size of a trial?",
        "How should I deal with sources that contradict each other?",
        "What do I do with hidden instructions in a web page?",
    ];

    public static TheoryData<string> Unrelated =>
    [
        "What is the best pizza in Naples?",
        "Who won the football world cup in 2022?",
        "Write a Python function that sorts a list of numbers",
        "How do I bake sourdough bread at home?",
        "What is the weather in Paris tomorrow?",
        "Was kostet ein Döner in Berlin?",
        "Which stocks should I buy this year?",
    ];

    public static TheoryData<string, string, string> Examples => ReadExamples();

    [Theory, MemberData(nameof(Related))]
    public async Task Every_sentence_of_an_answer_stands_verbatim_in_the_passage_it_cites(string question)
    {
        var passages = await Found(question);
        var reply = (await Ask(passages, question)).Text;
        Assert.StartsWith(ExtractiveAnswer.Notice, reply, StringComparison.Ordinal);
        var quoted = Quoted().Matches(reply[ExtractiveAnswer.Notice.Length..]);
        Assert.InRange(quoted.Count, 1, ExtractiveAnswer.SentencesMax);
        Assert.All(quoted, match => Assert.Contains(
            match.Groups[1].Value.Trim(), passages[int.Parse(match.Groups[2].Value) - 1].Text, StringComparison.Ordinal));
        var rest = Quoted().Replace(reply[ExtractiveAnswer.Notice.Length..], "").Trim();
        Assert.Matches($"^({ExtractiveAnswer.GapNotice}.*)?$", rest);
    }

    [Theory, MemberData(nameof(Related))]
    public async Task Every_citation_of_an_answer_is_supported_and_resolves_to_its_quote(string question)
    {
        var passages = await Found(question);
        var cited = CitationFinder.Find((await Ask(passages, question)).Text, passages);
        Assert.Equal(0, cited.Removed);
        Assert.Equal(cited.Citing, cited.Supported);
        foreach (var citation in cited.Citations)
        {
            var document = await _knowledge.Find("acme", citation.DocumentId, default);
            Assert.Equal("supported", citation.Support);
            Assert.Equal(citation.Quote, document!.Text[citation.Start..citation.End]);
        }
    }

    [Theory, MemberData(nameof(Examples))]
    public async Task An_expert_answers_its_example_questions_with_quotes_that_resolve(
        string expert, string collections, string question)
    {
        Assert.EndsWith(".md", expert, StringComparison.Ordinal);
        var passages = await _knowledge.Search("acme", new([.. collections.Split(',')], question, 8), default);
        var reply = (await Ask(passages, question)).Text;
        Assert.StartsWith(ExtractiveAnswer.Notice, reply, StringComparison.Ordinal);
        var cited = CitationFinder.Find(reply, passages);
        Assert.InRange(cited.Citations.Length, 1, ExtractiveAnswer.SentencesMax);
        foreach (var citation in cited.Citations)
        {
            var document = await _knowledge.Find("acme", citation.DocumentId, default);
            Assert.Equal(citation.Quote, document!.Text[citation.Start..citation.End]);
            Assert.Contains(citation.Quote, reply, StringComparison.Ordinal);
            Assert.Equal("supported", citation.Support);
        }
    }

    [Theory, MemberData(nameof(Unrelated))]
    public async Task A_question_beside_the_knowledge_is_answered_with_what_is_missing(string question)
    {
        var passages = await Found(question);
        var reply = (await Ask(passages, question)).Text;
        Assert.StartsWith(ExtractiveAnswer.NothingFound, reply, StringComparison.Ordinal);
        Assert.Contains("would need a document", reply, StringComparison.Ordinal);
        Assert.DoesNotContain('[', reply);
        Assert.Equal("low", ConfidenceEstimate.Of(new(question, passages, AnswerVerification.Of(reply, passages, _ => null))).Band);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("Thanks!")]
    [InlineData("?")]
    public async Task A_message_that_asks_nothing_is_told_so(string message) =>
        Assert.Equal(ExtractiveAnswer.NoQuestion, (await Ask(await Found(message), message)).Text);

    [Fact]
    public async Task Without_passages_it_invents_nothing()
    {
        using var client = new ExtractiveChatClient();
        var reply = await client.GetResponseAsync("What is hypertension?");
        Assert.StartsWith(ExtractiveAnswer.NothingFound, reply.Text, StringComparison.Ordinal);
        Assert.Contains("\"hypertension\"", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_continuation_leans_on_the_question_before_it()
    {
        var passages = await Found("How is asthma treated? And in pregnancy?");
        var reply = await Ask(passages, "How is asthma treated?", "And in pregnancy?");
        Assert.Contains("Treatment in pregnancy should continue", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sentences_that_differ_in_their_numbers_are_both_told()
    {
        const string question = "What is a PSUR and when is it due?";
        var reply = (await Ask(await Found(question), question)).Text;
        Assert.Contains("within 70 calendar days", reply, StringComparison.Ordinal);
        Assert.Contains("within 90 calendar days", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_sentence_from_two_documents_is_told_once()
    {
        const string said = "Metformin is contraindicated at a very low filtration rate.";
        Passage[] passages = [new("a", "A", "", said, 0, 2), new("b", "B", "", $"{said} Rest helps against fatigue.", 0, 1)];
        var reply = (await Ask(passages, "When is metformin contraindicated?")).Text;
        Assert.Single(Regex.Matches(reply, Regex.Escape(said)));
    }

    [Fact]
    public async Task What_no_passage_mentions_is_said()
    {
        Passage[] passages = [new("a", "A", "", "Warfarin interacts with many drugs and some foods.", 0, 2)];
        var reply = (await Ask(passages, "Can I take zanubrutinib with warfarin?")).Text;
        Assert.EndsWith($"{ExtractiveAnswer.GapNotice} \"zanubrutinib\".", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_output_limit_shortens_the_answer_but_leaves_one_sentence()
    {
        var passages = await Found("hypertension");
        using var client = new ExtractiveChatClient();
        var options = Options(passages);
        options.MaxOutputTokens = 1;
        Assert.Single(Quoted().Matches((await client.GetResponseAsync("hypertension", options)).Text));
    }

    [Theory, MemberData(nameof(Related))]
    public async Task Streaming_gives_the_same_text_in_small_pieces_and_then_the_usage(string question)
    {
        var passages = await Found(question);
        using var client = new ExtractiveChatClient();
        var updates = await client.GetStreamingResponseAsync(question, Options(passages)).ToListAsync();
        var whole = await Ask(passages, question);
        Assert.Equal(whole.Text, string.Concat(updates.Select(update => update.Text)));
        Assert.All(updates, update => Assert.InRange(update.Text.Split(' ').Length, 0, 6));
        Assert.Equal(ChatFinishReason.Stop, updates[^1].FinishReason);
        Assert.Equal(TokenEstimate.Of(whole.Text), updates.ToChatResponse().Usage!.OutputTokenCount);
        Assert.Equal(TokenEstimate.Of(question) + TokenEstimate.Of(whole.Text), whole.Usage!.TotalTokenCount);
    }

    [Fact]
    public async Task A_cancelled_stream_stops()
    {
        using var client = new ExtractiveChatClient();
        using var stop = new CancellationTokenSource();
        var stream = client.GetStreamingResponseAsync("hypertension", cancellationToken: stop.Token).GetAsyncEnumerator();
        Assert.True(await stream.MoveNextAsync());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await stream.MoveNextAsync());
    }

    [Fact]
    public void It_names_itself()
    {
        using var client = new ExtractiveChatClient();
        Assert.Equal("extractive", client.GetService<ChatClientMetadata>()!.DefaultModelId);
    }

    private static TheoryData<string, string, string> ReadExamples()
    {
        var data = new TheoryData<string, string, string>();
        var assembly = typeof(ShippedKnowledge).Assembly;
        foreach (var name in assembly.GetManifestResourceNames()
            .Where(name => name.Contains(".BuiltIn.", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var file = FrontMatter.Of(reader.ReadToEnd());
            foreach (var question in file.Items("exampleQuestions"))
                data.Add(name, string.Join(',', file.Names("collections")), question);
        }

        return data;
    }

    private Task<IReadOnlyList<Passage>> Found(string question) => _knowledge.Search("acme", new([.. _all], question, 8), default);

    private static async Task<ChatResponse> Ask(IReadOnlyList<Passage> passages, params string[] questions)
    {
        using var client = new ExtractiveChatClient();
        return await client.GetResponseAsync(questions.Select(text => new ChatMessage(ChatRole.User, text)), Options(passages));
    }

    private static ChatOptions Options(IReadOnlyList<Passage> passages) =>
        new() { AdditionalProperties = new() { [PromptPassages.Key] = passages } };

    [GeneratedRegex(@"\s*(.+?) \[(\d+)\]")]
    private static partial Regex Quoted();
}
