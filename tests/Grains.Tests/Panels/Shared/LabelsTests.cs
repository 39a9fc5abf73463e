using Xunit;

namespace Colloquy.Panels.Shared;

public sealed class LabelsTests
{
    [Theory]
    [InlineData("proposer", "proposer")]
    [InlineData(" The Proposer. ", "proposer")]
    [InlineData("**CHALLENGER**", "challenger")]
    [InlineData("the \"challenger\"", "challenger")]
    [InlineData("\t`[(proposer)]`\r\n;:,!'", "proposer")]
    [InlineData("not the proposer", null)]
    [InlineData("theproposer", null)]
    [InlineData("proposer or challenger", null)]
    [InlineData("proposers", null)]
    [InlineData("the", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_choice_is_a_label_or_nothing(string? choice, string? label) =>
        Assert.Equal(label, Labels.Read(choice, ["proposer", "challenger"]));
}
