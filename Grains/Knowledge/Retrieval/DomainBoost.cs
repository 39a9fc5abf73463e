using System.Globalization;

namespace Colloquy.Knowledge.Retrieval;

/// <summary>What the fields of a document weigh in its domain, as a factor of its score.</summary>
/// <remarks>
/// <code>
/// boost    = evidence * recency * standing
/// evidence   1.20, 1.12, 1.05, 1.00, 0.95 for Oxford CEBM levels 1 to 5; 1 where none is stated
/// recency    1 + 0.10 * 2^(-age / 5 years); 1 where no date is stated
/// standing   0.5 for what was withdrawn: it is found only if asked for
/// </code>
/// In medicine and clinical research only; elsewhere only standing counts. Evidence and recency together lift by a third at most:
/// by reciprocal ranks that is the way from rank 20 to the top, so that a strong study on the question wins over a weak one, and
/// never one on another question. The weights are judgement, not measurement.
/// </remarks>
internal static class DomainBoost
{
    private const double HalfLifeYears = 5;
    private static readonly string[] Medical = ["medicine", "clinical-research"];
    private static readonly double[] Evidence = [1.20, 1.12, 1.05, 1.00, 0.95];

    public static double Of(string domain, DocumentFields? fields, DateOnly today)
    {
        if (fields is null)
            return 1;
        var standing = fields.IsRetracted ? 0.5 : 1;
        return Medical.Contains(domain, StringComparer.OrdinalIgnoreCase)
            ? standing * EvidenceOf(fields.EvidenceLevel) * RecencyOf(fields.PublishedOn, today) : standing;
    }

    private static double EvidenceOf(string? level) =>
        int.TryParse(level, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1
            && number <= Evidence.Length
            ? Evidence[number - 1] : 1;

    private static double RecencyOf(DateOnly? published, DateOnly today) => published is { } date
        ? 1 + (0.10 * Math.Pow(2, -Math.Max(0, today.DayNumber - date.DayNumber) / 365.25 / HalfLifeYears)) : 1;
}
