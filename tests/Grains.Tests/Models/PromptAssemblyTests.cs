using System.Collections.Immutable;
using Colloquy.Knowledge;
using Colloquy.Models;
using Colloquy.Sessions;
using Colloquy.Tests.Sessions;
using Microsoft.Extensions.AI;

namespace Colloquy.Tests.Models;

public sealed class PromptAssemblyTests
{
    [Fact]
    public void A_prompt_is_the_persona_the_window_and_the_question()
    {
        var prompt = Assemble(window: [new("m", "Why?", "Because.")]);
        Assert.Equal([ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.User], prompt.Messages.Select(one => one.Role));
        Assert.Equal(["Why?", "Because.", "How?"], prompt.Messages.Skip(1).Select(one => one.Text));
        Assert.StartsWith(Talk.Expert.Persona, prompt.Messages[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Persona_and_question_are_never_cut()
    {
        var prompt = Assemble(context: 10, instructions: new string('i', 4_000), window: Exchanges(9, 400), summary: "Short.");
        Assert.Equal(2, prompt.Messages.Length);
        Assert.Contains(new string('i', 4_000), prompt.Messages[0].Text, StringComparison.Ordinal);
        Assert.Equal("How?", prompt.Messages[1].Text);
    }

    [Fact]
    public void The_window_keeps_the_newest_and_has_its_bound()
    {
        var prompt = Assemble(context: 1_000_000, window: Exchanges(100, 4_000));
        var window = prompt.Used.Single(part => part.Name == "window");
        Assert.InRange(window.Tokens, 1, SessionLimits.WindowTokens);
        Assert.StartsWith("99 ", prompt.Messages[^3].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_are_numbered_and_give_way_at_the_end()
    {
        var sources = Enumerable.Range(1, 40).Select(n =>
            new Passage($"d{n}", $"Title{n}", "", new string('s', 1_000), 0, 1)).ToArray();
        var prompt = Assemble(context: 4_000, passages: sources);
        Assert.Contains("[1] Title1\n", prompt.Messages[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("[40]", prompt.Messages[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(2_000)]
    [InlineData(8_000)]
    [InlineData(128_000)]
    public void Parts_never_exceed_the_context_nor_their_own_limit(int context)
    {
        var sources = Enumerable.Range(1, 40).Select(n => new Passage($"d{n}", "T", "", new string('s', 900), 0, 1)).ToArray();
        var prompt = Assemble(context, window: Exchanges(30, 3_000), passages: sources, summary: new string('z', 4_000));
        Assert.InRange(prompt.Used.Sum(part => part.Tokens), 1, context);
        Assert.All(prompt.Used, part => Assert.InRange(part.Tokens, 0, part.Limit));
    }

    [Fact]
    public void A_long_window_is_summarised_by_its_older_half() =>
        Assert.InRange(PromptAssembly.Overflow(Exchanges(10, 4_000)).Length, 5, 9);

    [Fact]
    public void A_window_of_many_short_exchanges_is_summarised_too() =>
        Assert.Equal(SessionLimits.WindowExchanges / 2, PromptAssembly.Overflow(Exchanges(SessionLimits.WindowExchanges, 20)).Length);

    [Fact]
    public void A_short_window_is_not_summarised() => Assert.Empty(PromptAssembly.Overflow(Exchanges(5, 100)));

    private static ImmutableArray<Exchange> Exchanges(int count, int characters) =>
        [.. Enumerable.Range(0, count).Select(n => new Exchange(
            $"m{n}", $"{n} ".PadRight(characters / 2, 'q'), new string('a', characters / 2)))];

    private static Prompt Assemble(
        int context = 32_000, string? instructions = null, ImmutableArray<Exchange>? window = null, Passage[]? passages = null,
        string summary = "") => PromptAssembly.Assemble(
            new(Talk.Expert, instructions, summary, window ?? [], passages ?? [], "How?", context));
}
