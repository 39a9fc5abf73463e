using Colloquy.Runs;

namespace Colloquy.Knowledge.Ingest;

/// <summary>How the work of an ingest speaks to its own grain: as commands, so that they wait their turn like all others. Each may
/// arrive twice, or after the run has ended.</summary>
[Alias("ingest.work")]
internal interface IIngestReceiver : IGrainWithStringKey
{
    /// <summary>Commits a part. False if the run has ended or another attempt is under way.</summary>
    [Alias("advanced")]
    Task<bool> Advanced(long attempt, IngestPart part);

    /// <summary>Ends the run: nothing that could be tried again would help.</summary>
    [Alias("failed")]
    Task Failed(long attempt, RunError error);

    /// <summary>Nothing is left of a run that has ended: its work is closed.</summary>
    [Alias("cleaned")]
    Task Cleaned(long attempt);
}
