using System.Collections.Immutable;
using Colloquy.Feedback.Calibration;
using Colloquy.Kernel;
using Colloquy.Knowledge;
using Colloquy.Knowledge.Citations;

namespace Colloquy.Panels.Seats;

/// <summary>Checks what a seat said against the stored sources, and says how far it may be relied on.</summary>
/// <remarks>A confidence that the seat stated is mapped by what feedback has shown of its agent; where it stated none, it is
/// computed as that of a chat answer (<see cref="ConfidenceEstimate"/>).</remarks>
internal static class Evidence
{
    /// <summary>What the seat says, its citations checked; and what was added at its end.</summary>
    public static async Task<(Contribution Said, string Appendix)> Of(
        IKnowledge knowledge, SeatWork work, SeatMaterial material, Contribution said, CancellationToken cancellation)
    {
        var text = Texts.First(said.Text, PanelLimits.TextCharacters);
        var verified = await AnswerVerification.Of(text, material.Sources, knowledge, work.Tenant, cancellation);
        var appendix = text.Length + verified.Appendix.Length <= PanelLimits.TextCharacters ? verified.Appendix : "";
        var stated = Math.Clamp(
            said.Confidence ?? ConfidenceEstimate.Of(new(work.Brief.Question, material.Sources, verified, null, null)).Value, 0, 1);
        var confidence = work.Map is { } map ? CalibrationMaps.At(map, stated) : stated;
        return (said with
        {
            Text = text + appendix, Confidence = Math.Round(confidence, 3), IsCalibrated = work.Map is not null,
            Stated = work.Map is null ? null : Math.Round(stated, 3),
            Citations = [.. verified.Citations.Take(PanelLimits.Citations)],
        }, appendix);
    }
}
