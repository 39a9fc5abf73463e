using Colloquy.Knowledge;
using Colloquy.Knowledge.Citations;
using Colloquy.Models.Extractive;
using Microsoft.Extensions.AI;

namespace Colloquy.Tests.Models.Extractive;

/// <summary>The extractive model says nothing that its sources do not: verification finds nothing to object to.</summary>
public sealed class VerifiedAnswerTests
{
    private readonly ShippedKnowledge _knowledge = new();

    public static TheoryData<string, string, string> Examples => ExtractiveChatClientTests.Examples;

    [Theory, MemberData(nameof(Examples))]
    public async Task Every_citation_of_an_example_question_is_supported(string expert, string collections, string question)
    {
        Assert.NotEmpty(expert);
        var passages = await _knowledge.Search("acme", new([.. collections.Split(',')], question, 6), default);
        using var client = new ExtractiveChatClient();
        var reply = await client.GetResponseAsync(
            new ChatMessage(ChatRole.User, question), new() { AdditionalProperties = new() { [PromptPassages.Key] = passages } });
        var verified = AnswerVerification.Of(reply.Text, passages, NoteLibrary.Shipped.Find);
        Assert.Equal(new CitationCounts(verified.Citations.Length, 0, 0, 0, 0), verified.Counts);
        Assert.NotEmpty(verified.Citations);
        Assert.Equal("", verified.Appendix);
        var confidence = ConfidenceEstimate.Of(new(question, passages, verified));
        Assert.InRange(confidence.Value, 0.3, 1);
        Assert.True(confidence.Value <= ConfidenceEstimate.Most(question, passages));
    }
}
