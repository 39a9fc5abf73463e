using Colloquy.Knowledge;

namespace Colloquy.Tests.Knowledge;

public sealed class AgreementTests
{
    [Theory]
    [InlineData("A fatal SUSAR is reported within 7 days.", "Report any fatal SUSAR within 7 days.", 1.0)]
    [InlineData("A fatal SUSAR is reported within 7 days.", "Any fatal SUSAR is reported.", 1.0)]
    [InlineData("A fatal SUSAR is reported within 7 days.", "Report any fatal SUSAR within 15 days.", 0.0)]
    [InlineData("A fatal SUSAR is reported at once.", "A fatal SUSAR is not reported at once.", 0.0)]
    [InlineData("About 1,000 patients took part in it.", "Patients who took part in it: 1000.", 1.0)]
    [InlineData("The dose for adult patients is 1.5 mg.", "The dose for adult patients is 15 mg.", 0.0)]
    [InlineData("A fatal SUSAR is reported within 7 days.", "Cats sleep 15 hours.", 0.5)]
    [InlineData("7", "8", 0.5)]
    public void Two_documents_agree_contradict_or_cannot_be_compared(string one, string other, double agreement) =>
        Assert.Equal(agreement, Agreement.Of([Quote("a", one), Quote("b", other)]));

    [Fact]
    public void One_document_alone_is_neither_confirmed_nor_contradicted() => Assert.Equal(
        Agreement.Neutral, Agreement.Of([Quote("a", "It takes 7 days."), Quote("a", "It takes 15 days.", 50)]));

    [Fact]
    public void Nothing_cited_is_nothing_that_agrees() => Assert.Equal(0, Agreement.Of([]));

    [Fact]
    public void Agreement_and_contradiction_weigh_alike()
    {
        var three = new[]
        {
            Quote("a", "A fatal SUSAR is reported within 7 days."), Quote("b", "Report any fatal SUSAR within 7 days."),
            Quote("c", "Report any fatal SUSAR within 15 days."),
        };
        Assert.Equal(0.5 + (0.5 * (1 - 2) / 3), Agreement.Of(three), 9);
        Assert.Equal(0, Agreement.Of([three[0], three[2], three[2]]));
    }

    private static Citation Quote(string document, string text, int start = 0) =>
        new(1, document, document, text, start, start + text.Length, "supported");
}
