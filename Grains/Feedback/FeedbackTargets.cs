using System.Globalization;
using Colloquy.Journals;
using Colloquy.Knowledge;
using Colloquy.Sessions;

namespace Colloquy.Feedback;

/// <summary>Finds what is rated, in the journals of one tenant. An id of another tenant is no id here: its journal is looked
/// for under this tenant's name.</summary>
internal sealed class FeedbackTargets(IJournalStore journals, string tenant)
{
    /// <summary>What there is to learn of a target, or null if there is no such thing. One target has one spelling.</summary>
    public async Task<FeedbackSubject?> Find(FeedbackTarget target) => target switch
    {
        { Type: FeedbackTypes.Message, Part: null } => await Trace(AnsweredBy(target.Id)) is { Answer: { } answer } trace
            ? new FeedbackSubject(answer.Agent, Raw(answer.Confidence), Choice(trace)) : null,
        { Type: FeedbackTypes.Citation, Part: { } part } => await Trace(AnsweredBy(target.Id)) is { Answer: { } answer }
            && answer.Citations.Any(citation => citation.N.ToString(CultureInfo.InvariantCulture) == part)
            ? FeedbackSubject.Remembered : null,
        { Type: FeedbackTypes.Selection, Part: null } => await Trace(target.Id) is { Selection: not null } trace
            ? new FeedbackSubject(Choice: Choice(trace)) : null,
        { Type: FeedbackTypes.ToolCall, Part: null } => await Trace(CalledBy(target.Id)) is { } trace
            && trace.Calls.Contains(target.Id) ? FeedbackSubject.Remembered : null,
        { Type: FeedbackTypes.PanelTurn } => (await PanelTrace.Read(journals, tenant, target.Id))?.Subject(target.Part),
        _ => null,
    };

    private async Task<RunTrace?> Trace(string? runId) => runId is null ? null : await RunTrace.Read(journals, tenant, runId);

    private static string? AnsweredBy(string messageId) =>
        SessionIds.TryParseMessage(messageId, out var session, out var seq) && messageId == SessionIds.Answer(session, seq)
            ? SessionIds.Run(session, seq) : null;

    private static string? CalledBy(string callId) =>
        callId.LastIndexOf(".t", StringComparison.Ordinal) is > 0 and var at ? callId[..at] : null;

    private static AutomaticChoice? Choice(RunTrace trace) =>
        trace.Selection is { } selection ? new AutomaticChoice(selection.Agents, trace.Question) : null;

    /// <summary>The value that calibration maps from.</summary>
    private static double? Raw(Confidence? confidence) => confidence is null ? null
        : confidence.Signals.TryGetValue(ConfidenceEstimate.Uncalibrated, out var raw) ? raw : confidence.Value;
}
