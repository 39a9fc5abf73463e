using Colloquy.Sessions;

namespace Colloquy.Runs;

/// <summary>
/// Spells and reads the ids of runs. Each carries the journal that it is told in, so that it is found without an index: a chat run
/// is <c>run_{session}_{seq}</c>, every other run is <c>run_</c> and the id of a journal of its own.
/// </summary>
public static class RunIds
{
    public const string SessionPrefix = "ses_";
    public const string IngestPrefix = "ing_";
    public const string PanelPrefix = "pan_";
    private const string RunPrefix = "run_";

    /// <summary>An ingest's id that follows from who asked and the idempotency key: a repeat finds the same ingest.</summary>
    public static string Ingest(string tenant, string operation) => IngestPrefix + SessionIds.Hash($"{tenant}\n{operation}");

    /// <summary>The one run of a journal of its own.</summary>
    public static string Of(string journal) => RunPrefix + journal;

    /// <summary>Where a run is told.</summary>
    /// <param name="first">The first sequence number that can be the run's.</param>
    public static bool TryParse(string? id, out string journal, out long first)
    {
        if (SessionIds.TryParseRun(id, out journal, out first))
            return true;
        (journal, first) = (id?.StartsWith(RunPrefix, StringComparison.Ordinal) is true ? id[RunPrefix.Length..] : "", 1);
        return IsIngest(journal) || IsPanel(journal);
    }

    public static bool IsIngest(string id) => SessionIds.IsId(id, IngestPrefix);

    public static bool IsPanel(string id) => SessionIds.IsId(id, PanelPrefix);
}
