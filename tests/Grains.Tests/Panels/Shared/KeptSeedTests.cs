using System.Text.Json;
using Colloquy.Journals;
using Xunit;

namespace Colloquy.Panels.Shared;

public sealed class KeptSeedTests
{
    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(1L << 53)]
    [InlineData(42)]
    public void A_seed_comes_back_from_a_journal_as_it_was(long seed)
    {
        var kept = SeededOrder.Kept(seed);
        var convened = new PanelConvened(PanelTable.Noon, "run", PanelTable.Charter("delphi", 3, seed: kept));
        var (line, _) = JournalChain.Link<PanelEvent>(convened, 1, JournalChain.Origin);
        Assert.Equal(kept, ((PanelConvened)JsonSerializer.Deserialize<PanelEvent>(line, JournalJson.Options)!).Charter.Seed);
    }

    [Fact]
    public void A_small_seed_is_kept_whole() => Assert.Equal(-42, SeededOrder.Kept(-42));
}
