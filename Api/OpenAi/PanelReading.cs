using System.Text.Json;
using Colloquy.Panels;
using Colloquy.Runs;
using Colloquy.Sessions;
using Colloquy.Streams;

namespace Colloquy.OpenAi;

/// <summary>Reads the events of a panel for its answer: the words of a chair who brings the answers together are the answer's;
/// without one it comes when the panel has concluded.</summary>
internal sealed class PanelReading : IAnswerReading
{
    private int _synthesis; // the round in which the chair writes the answer
    private string _messageId = "";
    private JsonElement _outcome;

    public bool IsOfAnswer(LiveEvent.OfText live) =>
        live.Place is { Seat: PanelIds.Chair, Round: { } round } && round == _synthesis;

    public RunEnd? Take(EventLine line)
    {
        switch (line.Type)
        {
            case RunEvents.PanelRoundOpened when RunReading.Parse(line) is var opened
                && RunReading.Text(opened, "phase") is PanelPhases.Synthesize:
                _synthesis = opened.GetProperty("round").GetInt32();
                return null;
            case RunEvents.PanelRemark when RunReading.Parse(line) is var remark
                && RunReading.Text(remark, "seat") is PanelIds.Chair:
                _messageId = RunReading.Text(remark, "messageId");
                return null;
            case RunEvents.PanelConcluded:
                _outcome = RunReading.At(RunReading.Parse(line), "outcome");
                return null;
            default:
                return RunEvents.IsTerminal(line.Type) ? End(line.Type, RunReading.Parse(line)) : null;
        }
    }

    private RunEnd End(string type, JsonElement end)
    {
        var outcome = _outcome.ValueKind is JsonValueKind.Object
            ? _outcome.Deserialize<PanelOutcome>(JsonSerializerOptions.Web) : null;
        return RunReading.EndOf(type, end) with
        {
            MessageId = _messageId,
            Content = outcome?.Answer is { } answer ? $"{answer}\n\n{outcome.Summary}" : "",
            Citations = RunReading.At(_outcome, "citations"),
            Confidence = RunReading.At(_outcome, "confidence"),
        };
    }}
