using Colloquy.Kernel;
using Colloquy.Tenants;

namespace Colloquy.Feedback.Calibration;

/// <summary>The shell around <see cref="CalibrationProtocol"/>.</summary>
[GrainType("calibration")]
internal sealed class CalibrationGrain : Grain, ICalibrationGrain
{
    private readonly Committed<CalibrationState> _labels;
    private (CalibrationState State, CalibrationMap? Map)? _mapped;

    public CalibrationGrain([PersistentState("state", "documents")] IPersistentState<CalibrationState> state, TimeProvider clock) =>
        _labels = new Committed<CalibrationState>(state, clock, this.DeactivateOnIdle);

    public Task Label(string key, double value, bool? right, long revision) => _labels.Change(state =>
        (CalibrationProtocol.Label(state, new CalibrationLabel(key, value, right, revision)), true));

    public Task<CalibrationMap?> Map()
    {
        var state = _labels.Value;
        if (!ReferenceEquals(_mapped?.State, state))
            _mapped = (state, CalibrationProtocol.Map(state)); // every answer asks for it, and labels are few
        return Task.FromResult(_mapped!.Value.Map);
    }

    public Task<CalibrationView> View() =>
        Task.FromResult(CalibrationProtocol.View(_labels.Value, TenantKey.IdOf(this.GetPrimaryKeyString())));
}
