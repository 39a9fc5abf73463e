using System.Collections.Immutable;
using Colloquy.Doubles;
using Colloquy.Feedback;
using Colloquy.Journals;
using Colloquy.Panels;
using Colloquy.Runs;
using Colloquy.Tenants;

namespace Colloquy.Tests.Feedback;

/// <summary>A panel's journal, as a panel would have written it.</summary>
internal static class Met
{
    public static readonly string Panel = PanelIds.Panel("acme", "met");

    public static readonly string Run = RunIds.Of(Panel);

    public static readonly FeedbackTarget Outcome = new(FeedbackTypes.PanelTurn, Run);

    public static FeedbackTarget Turn(string seat) => Outcome with { Part = seat };

    /// <summary>Three agents and a person in parallel: the first two and the person say yes, the third no, the fourth nothing. Two
    /// agents say how sure they are; the second's confidence was calibrated from 0.9.</summary>
    public static PanelTable Table(string? standing = null, bool isOver = true)
    {
        var charter = PanelTable.Charter(PanelProtocols.Parallel, 4, people: 1) with { PanelId = Panel, Standing = standing };
        var table = new PanelTable(PanelState.Empty, []).Input(new PanelInput.Convene(PanelTable.Noon, 1, Run, charter))
            .Says("s1", "It is so.", "Yes")
            .Says("s2", new Contribution("It is.") { Stance = "Yes", Confidence = 0.6, IsCalibrated = true, Stated = 0.9 })
            .Says("s3", "It is not.", "No", 0.8)
            .Says("s5", "Surely.", "Yes", 1);
        return isOver ? table.Fails("s4").Says(PanelIds.Chair, "Most say yes.") : table;
    }

    public static async Task In(MemoryJournalStore store, string tenant, PanelTable table)
    {
        var (hash, lines) = (JournalChain.Origin, new List<ReadOnlyMemory<byte>>());
        foreach (var @event in table.Log)
        {
            (var line, hash) = JournalChain.Link(@event, lines.Count + 1, hash);
            lines.Add(line);
        }
        var journal = TenantKey.For(tenant, Panel);
        var claim = await store.Claim(journal, CancellationToken.None);
        await store.Append(
            new() { Journal = journal, Epoch = claim.Epoch, Head = claim.Head, Lines = lines }, CancellationToken.None);
    }
}
