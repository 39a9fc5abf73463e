using System.Globalization;
using Colloquy.Runs;
using Colloquy.Sessions;

namespace Colloquy.Panels;

/// <summary>Spells the ids of panels, of their seats and of what is said in them.</summary>
public static class PanelIds
{
    /// <summary>The seat of whoever chairs or judges.</summary>
    public const string Chair = "chair";

    /// <summary>An id that follows from who asked and the idempotency key: a repeat finds the same panel.</summary>
    public static string Panel(string tenant, string operation) =>
        RunIds.PanelPrefix + SessionIds.Hash($"{tenant}\npanel\n{operation}");

    public static string Seat(int number) => string.Create(CultureInfo.InvariantCulture, $"s{number}");

    /// <summary>The id of what a seat says in a round.</summary>
    public static string Message(string panel, int round, string seat) =>
        string.Create(CultureInfo.InvariantCulture, $"{panel}.{round}.{seat}");

    /// <summary>The id of a seat's grain within its tenant.</summary>
    public static string SeatGrain(string panel, string seat) => $"{panel}.{seat}";

    /// <summary>The panel and the seat of a seat grain's id.</summary>
    public static (string Panel, string Seat) Of(string seatGrain) =>
        seatGrain.Split('.') is [var panel, var seat] ? (panel, seat) : throw new FormatException($"{seatGrain} is no seat.");
}
