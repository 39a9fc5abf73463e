namespace Colloquy.Feedback.Calibration;

/// <summary>How sure an answer was, and whether it was right.</summary>
/// <param name="Value">0 to 1.</param>
internal readonly record struct Outcome(double Value, bool Right)
{
    /// <summary>1 if it was right, else 0.</summary>
    public double Observed => Right ? 1 : 0;
}
