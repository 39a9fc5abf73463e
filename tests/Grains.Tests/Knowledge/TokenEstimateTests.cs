using Colloquy.Models;

namespace Colloquy.Tests.Knowledge;

public sealed class TokenEstimateTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("abcd", 1)]
    [InlineData("abcde", 2)]
    public void Four_characters_are_a_token_rounded_up(string text, int tokens) => Assert.Equal(tokens, TokenEstimate.Of(text));
}
