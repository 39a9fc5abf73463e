namespace Colloquy.Feedback.Calibration;

/// <summary>What may happen to a calibration. Labels may come twice, and an old one after a newer one: neither changes anything.
/// An unchanged state is the same object.</summary>
internal static class CalibrationProtocol
{
    /// <exception cref="ArgumentOutOfRangeException">The value is not between 0 and 1.</exception>
    public static CalibrationState Label(CalibrationState state, CalibrationLabel label)
    {
        if (label.Value is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(label), label.Value, "A value from 0 to 1.");
        var known = state.Labels.FirstOrDefault(one => one.Key == label.Key);
        if (known is not null && label.Revision <= known.Revision)
            return state;
        var labels = (known is null ? state.Labels : state.Labels.Remove(known)).Add(label);
        return state with { Labels = labels.Length > CalibrationLimits.LabelsMax ? labels.RemoveAt(0) : labels };
    }

    /// <summary>The map, or null while there are too few labels.</summary>
    public static CalibrationMap? Map(CalibrationState state) =>
        state.Outcomes is { Length: >= CalibrationLimits.LabelsMin } outcomes ? IsotonicRegression.Fit(outcomes) : null;

    public static CalibrationView View(CalibrationState state, string agent)
    {
        var (outcomes, map) = (state.Outcomes, Map(state));
        return new CalibrationView(
            agent, outcomes.Length, Math.Max(0, CalibrationLimits.LabelsMin - outcomes.Length),
            Reliability.Brier(outcomes), Reliability.Ece(outcomes),
            map is null ? null : Reliability.CrossValidated(outcomes), Reliability.Binned(outcomes), map);
    }
}
