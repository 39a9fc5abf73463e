namespace Colloquy.Feedback.Calibration;

/// <summary>Reads a calibration map.</summary>
internal static class CalibrationMaps
{
    /// <summary>The observed share at a computed value: that of the last step which begins at or below it.</summary>
    public static double At(CalibrationMap map, double value)
    {
        var (from, to) = (0, map.Steps.Length - 1);
        while (from < to)
        {
            var middle = (from + to + 1) / 2;
            if (map.Steps[middle].From <= value)
                from = middle;
            else
                to = middle - 1;
        }

        return map.Steps[from].Value;
    }
}
