using System.Collections.Immutable;

namespace Colloquy.Panels.Standing;

/// <summary>How often members were right, and what their voices count for it.</summary>
/// <remarks>
/// <code>weight = 0.5 + (right + a) / (right + wrong + 2a),   a = 2</code>
/// The fraction is the posterior mean of a member's chance to be right, under a prior of Beta(a, a) that takes everybody for as
/// often right as wrong (A. Gelman and others, "Bayesian Data Analysis", 3rd edition, 2013, section 2.4). So the weight is 1
/// without a record, moves by a tenth with the first word, and stays between 0.5 and 1.5 whatever is said: nobody is silenced, and
/// nobody outvotes three by a record alone.
/// </remarks>
internal static class TrackRecords
{
    /// <summary>a: as good as so many words for a member and so many against it, before the first is spoken.</summary>
    private const double Prior = 2;

    public static double Weight(int right, int wrong) => Math.Round(0.5 + ((right + Prior) / (right + wrong + (2 * Prior))), 6);

    /// <summary>Every record, by member and topic.</summary>
    public static ImmutableArray<TrackRecord> Of(StandingState state) =>
    [
        .. from rating in state.Ratings.OrderBy(one => one.Agent, StringComparer.Ordinal)
               .ThenBy(one => one.Topic, StringComparer.Ordinal)
           where rating.Right is not null
           group rating.Right!.Value by (rating.Agent, rating.Topic) into one
           let right = one.Count(isRight => isRight)
           let wrong = one.Count() - right
           select new TrackRecord(one.Key.Agent, one.Key.Topic, right, wrong, Weight(right, wrong)),
    ];

    /// <summary>What a member's voice counts on a topic: by its record there, else by its general one, else 1.</summary>
    public static double On(ImmutableArray<TrackRecord> records, string agent, string topic) =>
        (Find(records, agent, topic) ?? Find(records, agent, Topics.General))?.Weight ?? 1;

    private static TrackRecord? Find(ImmutableArray<TrackRecord> records, string agent, string topic) =>
        records.FirstOrDefault(record => record.Agent == agent && record.Topic == topic);
}
