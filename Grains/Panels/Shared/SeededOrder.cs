using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Colloquy.Panels.Shared;

/// <summary>Orders that are fair and can be made again: the seed is in the charter.</summary>
/// <remarks>A shuffle of Fisher and Yates over SplitMix64, since the numbers of <see cref="Random"/> may change with the
/// platform.</remarks>
internal static class SeededOrder
{
    /// <summary>A seed for whoever names none: the first 53 bits of an id's SHA-256, which is what a number in a journal holds
    /// (<see cref="PanelLimits.SeedMost"/>).</summary>
    public static long SeedOf(string id) =>
        (long)(BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id))) >> 11);

    /// <summary>What a charter keeps of a seed: 53 bits, since a number in a journal is exact up to there, and a panel that is opened
    /// again must have the same orders.</summary>
    public static long Kept(long seed) => seed % (PanelLimits.SeedMost + 1);

    /// <param name="salt">What the order is for, such as a round's number: two of them are independent.</param>
    public static ImmutableArray<T> Shuffle<T>(long seed, int salt, IEnumerable<T> items)
    {
        var order = items.ToArray();
        var state = unchecked((ulong)seed ^ ((ulong)salt * 0xD1B54A32D192ED03));
        for (var at = order.Length - 1; at > 0; at--)
        {
            var other = (int)(Next(ref state) % (ulong)(at + 1));
            (order[at], order[other]) = (order[other], order[at]);
        }
        return [.. order];
    }

    // Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
    private static ulong Next(ref ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
