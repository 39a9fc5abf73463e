using Colloquy.Budgets;
using static Colloquy.Simulated.BrokenPromiseException;

namespace Colloquy.Simulated;

/// <summary>P8: what panels spend is counted once, and nobody spends more than is left to it.</summary>
internal static class PurseCheck
{
    /// <summary>What a call may exceed its bound by where it writes more than an answer may have.</summary>
    private const int HugeTokens = 40_000;

    public static void Holds(SeatBook seats, BudgetBook book, BudgetView budget, IReadOnlyList<PanelCheck> panels)
    {
        Unless(seats.Broken is null, seats.Broken ?? "");
        Unless(book.Broken is null, $"P8: {book.Broken}");
        Unless(budget.Spent >= book.Settled, $"P8: {book.Settled} tokens were settled, and the budget knows of {budget.Spent}");
        Unless(budget.Spent <= book.SettledMost,
            $"P8: {book.SettledMost} tokens were to be settled, and the budget knows of {budget.Spent}");
        Unless(budget.Reserved <= book.Open, $"P8: {budget.Reserved} tokens are set aside, and {book.Open} at most are for something");
        var told = panels.Sum(panel => panel.Replayed.Usage.TotalTokens);
        Unless(budget.Spent >= told, $"P8: panels tell of {told} tokens, and the budget knows of {budget.Spent}");
        IsSettled(seats, book);
        foreach (var panel in panels)
            IsBounded(panel, seats);
    }

    /// <summary>Whoever called a model and lived settles it, whatever came of it.</summary>
    private static void IsSettled(SeatBook seats, BudgetBook book)
    {
        var settled = book.Asked.GroupBy(Part).ToDictionary(group => group.Key, group => group.Count());
        var lived = seats.Calls.Where(call => call.Silo is null || !seats.Crashed.Contains(call.Silo))
            .GroupBy(call => (call.Asking.Brief.MessageId, call is { IsAgain: true, Asking.Brief: not null }));
        var open = lived.Where(calls => settled.GetValueOrDefault(calls.Key) < calls.Count()).Select(calls => calls.Key).ToList();
        // It is asked for five times: where the budget's own silo dies again and again, one may be lost.
        Unless(open.Count <= (seats.Crashed.Count > 1 ? 1 : 0),
            $"P8: calls were made for {string.Join(", ", open)}, and not settled");
    }

    private static (string Message, bool IsAgain) Part(string operation) =>
        operation.Split('/') is [var message, _, .. var rest] ? (message, rest.Length > 0) : (operation, false);

    private static void IsBounded(PanelCheck panel, SeatBook seats)
    {
        if (panel.Replayed.Charter!.SeatTokens is not { } most)
            return;
        foreach (var (seat, spent) in panel.Replayed.Spent)
        {
            var huge = seats.Calls.Count(call => call.IsHuge && call.Asking.Brief.PanelId == panel.Replayed.Charter.PanelId
                && call.Asking.Brief.Seat == seat);
            Unless(spent.Usage.TotalTokens <= most + (huge * HugeTokens),
                $"P8: {seat} of {panel.Replayed.RunId} spent {spent.Usage.TotalTokens} of {most} tokens");
        }
    }
}
