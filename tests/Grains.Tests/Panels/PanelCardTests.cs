using Xunit;

namespace Colloquy.Panels;

public sealed class PanelCardTests
{
    [Fact]
    public void Every_protocol_is_what_its_card_says()
    {
        Assert.Equal(Protocols.Names.Order(StringComparer.Ordinal), PanelCards.All.Select(card =>
            card.Name).Order(StringComparer.Ordinal));
        Assert.All(PanelCards.All, card =>
        {
            var shape = Protocols.Of(card.Name).Shape;
            Assert.Equal(
                (shape.MembersMin, shape.MembersMax, shape.HasChair, shape.Cycles, shape.Threshold),
                (card.MembersMin, card.MembersMax, card.HasChair, card.Cycles, card.Threshold));
            Assert.Equal(shape.HasChair ? shape.ChairRole : null, card.ChairRole);
            Assert.Equal(shape.Roles.AsEnumerable(), card.Roles.AsEnumerable());
        });
    }
}
