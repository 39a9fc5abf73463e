using Colloquy.Knowledge;
using Colloquy.Models.Extractive;
using Microsoft.Extensions.AI;

namespace Colloquy.Tests.Models.Extractive;

public sealed class ExtractiveSummaryTests
{
    [Fact]
    public async Task A_summary_holds_only_sentences_of_the_conversation_within_its_bound()
    {
        var notes = NoteLibrary.Shipped.Notes.Where(note => note.Collection == "medicine").Select(note => note.Text).ToArray();
        ChatMessage[] conversation =
        [
            new(ChatRole.System, "Summarise this conversation."), new(ChatRole.User, "Tell me about hypertension and diabetes."),
            new(ChatRole.Assistant, notes[0]), new(ChatRole.User, notes[1]), new(ChatRole.Assistant, notes[2]),
        ];
        var summary = await Summary(conversation);
        Assert.InRange(summary.Length, 600, ExtractiveSummary.CharactersMax);
        var lines = summary.Split('\n');
        Assert.Equal(ExtractiveSummary.Notice, lines[0]);
        Assert.All(lines[1..], line =>
        {
            Assert.Matches("^- (User|Expert): ", line);
            Assert.Contains(conversation[1..], message => message.Text.Contains(line[(line.IndexOf(": ") + 2)..]));
        });
    }

    [Fact]
    public async Task What_most_of_the_talk_is_about_is_kept_and_an_aside_is_not()
    {
        const string talk =
            "Asthma needs inhaled corticosteroids. My asthma is worse at night. Inhaled corticosteroids reduce asthma attacks. "
            + "Night symptoms of asthma show poor control. The neighbour's parrot swears.";
        var padding = string.Join(
            ' ', Enumerable.Range(0, 60).Select(n => $"Asthma control needs inhaled corticosteroids at night {n}."));
        var summary = await Summary([new(ChatRole.User, $"{talk} {padding}")]);
        Assert.Contains("Asthma", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("parrot", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_own_notices_and_markers_are_not_quoted_again()
    {
        var reply = $"{ExtractiveAnswer.Notice}\n\nAsthma is a heterogeneous disease. [1] Asthma is common everywhere. [2]";
        var summary = await Summary([new(ChatRole.User, "What is asthma, in short?"), new(ChatRole.Assistant, reply)]);
        Assert.DoesNotContain(ExtractiveAnswer.Notice, summary, StringComparison.Ordinal);
        Assert.Contains("- Expert: Asthma is a heterogeneous disease.\n", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transcript_in_one_message_keeps_its_speakers_and_leaves_the_request_out()
    {
        var earlier = await Summary([
            new(ChatRole.User, "Does asthma need corticosteroids?"),
            new(ChatRole.Assistant, "Asthma needs inhaled corticosteroids."),
        ]);
        var summary = await Summary([new(ChatRole.User,
            $"Summarise this conversation for yourself. Keep names.\n\nEarlier summary:\n{earlier}\n\n"
            + "User: is it worse at night\nExpert: Night symptoms of asthma show poor control. [1]\n\n"
            + $"User: pizza in Naples\nExpert: {ExtractiveAnswer.NothingFound} {ExtractiveAnswer.Wanting} on pizza.\n")]);
        Assert.Equal(
            [
                ExtractiveSummary.Notice,
                "- User: Does asthma need corticosteroids?", "- Expert: Asthma needs inhaled corticosteroids.",
                "- User: is it worse at night", "- Expert: Night symptoms of asthma show poor control.",
                "- User: pizza in Naples",
            ],
            summary.Split('\n'));
    }

    [Fact]
    public async Task Nothing_said_gives_no_summary() => Assert.Equal("", await Summary([new(ChatRole.System, "Summarise.")]));

    private static async Task<string> Summary(IEnumerable<ChatMessage> conversation)
    {
        using var client = new ExtractiveChatClient();
        var options = new ChatOptions { AdditionalProperties = new() { [PromptPassages.TaskKey] = PromptPassages.Summary } };
        return (await client.GetResponseAsync(conversation, options)).Text;
    }
}
