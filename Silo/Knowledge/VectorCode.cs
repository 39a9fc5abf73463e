using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Colloquy.Knowledge;

/// <summary>
/// Vectors as bytes with a factor for each, a quarter of the memory to walk through, and products that say how wrong they may be.
/// </summary>
/// <remarks>
/// With v = s c + e (c the bytes, s the factor, e what rounding lost) and the query q = t d + f, Cauchy and Schwarz bound it:
/// <code>|q·v - s t (c·d)| = |q·e + f·(s c)| &lt;= |q| |e| + |f| |s c| &lt;= |e| + |f| (1 + |e|)   for |q| = |v| = 1</code>
/// </remarks>
internal static class VectorCode
{
    /// <summary>Bytes of one code are padded with zeros to whole registers.</summary>
    private const int Step = 32;

    private const float ByteMax = sbyte.MaxValue;

    // 12 bits: sums of 8,192 products stay within 32 bits in each of at least four lanes, and the query's own rounding is small
    // beside that of the bytes.
    private const float QueryMax = 4095;

    // What floating point may add to the bound above: products of unit vectors, summed in single precision.
    private const float Slack = 2e-6f;

    public static int StrideOf(int dimensions) => (dimensions + Step - 1) / Step * Step;

    /// <summary>Writes the bytes of a vector of length 1.</summary>
    /// <returns>The factor, and the length of what rounding lost.</returns>
    public static (float Scale, float Error) Encode(ReadOnlySpan<float> vector, Span<sbyte> code)
    {
        var scale = Math.Abs(TensorPrimitives.MaxMagnitude(vector)) / ByteMax;
        var (factor, lost) = (1 / scale, 0.0);
        for (var n = 0; n < vector.Length; n++)
        {
            var rounded = Math.Clamp(MathF.Round(vector[n] * factor), -ByteMax, ByteMax);
            code[n] = (sbyte)rounded;
            var error = vector[n] - (scale * rounded);
            lost += (double)error * error;
        }

        return (scale, (float)Math.Sqrt(lost));
    }

    /// <summary>A query of length 1, ready to be multiplied with codes.</summary>
    public static Query Prepare(ReadOnlySpan<float> vector)
    {
        var code = new short[StrideOf(vector.Length)];
        var scale = Math.Abs(TensorPrimitives.MaxMagnitude(vector)) / QueryMax;
        var lost = 0.0;
        for (var n = 0; n < vector.Length; n++)
        {
            code[n] = (short)MathF.Round(vector[n] / scale);
            var error = vector[n] - ((double)scale * code[n]);
            lost += error * error;
        }

        return new Query(code, scale, (float)Math.Sqrt(lost));
    }

    /// <summary>The sum of products, exactly. Both have the same length, a multiple of 32.</summary>
    public static long Dot(ReadOnlySpan<sbyte> code, ReadOnlySpan<short> query)
    {
        ref var a = ref MemoryMarshal.GetReference(code);
        ref var b = ref MemoryMarshal.GetReference(query);
        return Avx512BW.IsSupported ? Dot512(ref a, ref b, query.Length)
            : Avx2.IsSupported ? Dot256(ref a, ref b, query.Length)
            : DotPortable(ref a, ref b, query.Length);
    }

    private static long Dot512(ref sbyte a, ref short b, int length)
    {
        var sum = Vector512<int>.Zero;
        for (nuint n = 0; n < (nuint)length; n += Step)
        {
            var wide = Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref a, n));
            sum += Avx512BW.MultiplyAddAdjacent(wide, Vector512.LoadUnsafe(ref b, n));
        }

        var (low, high) = Vector512.Widen(sum);
        return Vector512.Sum(low + high);
    }

    private static long Dot256(ref sbyte a, ref short b, int length)
    {
        var sum = Vector256<int>.Zero;
        for (nuint n = 0; n < (nuint)length; n += Step / 2)
        {
            var wide = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref a, n));
            sum += Avx2.MultiplyAddAdjacent(wide, Vector256.LoadUnsafe(ref b, n));
        }

        var (low, high) = Vector256.Widen(sum);
        return Vector256.Sum(low + high);
    }

    /// <summary>For processors without the instructions above, and for the test that compares them.</summary>
    internal static long DotPortable(ref sbyte a, ref short b, int length)
    {
        var sum = Vector128<int>.Zero;
        for (nuint n = 0; n < (nuint)length; n += Step / 4)
        {
            var eight = Vector128.WidenLower(Vector128.CreateScalarUnsafe(
                Unsafe.ReadUnaligned<long>(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref a, n)))).AsSByte());
            var (lowA, highA) = Vector128.Widen(eight);
            var (lowB, highB) = Vector128.Widen(Vector128.LoadUnsafe(ref b, n));
            sum += (lowA * lowB) + (highA * highB);
        }

        var (low, high) = Vector128.Widen(sum);
        return Vector128.Sum(low + high);
    }

    /// <param name="Error">The length of what rounding lost.</param>
    internal readonly record struct Query(short[] Code, float Scale, float Error)
    {
        /// <summary>How far the estimate of a product may be from the product itself.</summary>
        public float ErrorWith(float error) => error + (Error * (1 + error)) + Slack;
    }
}
