using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Colloquy.Knowledge;
using static Colloquy.Tests.Knowledge.TestPassages;

namespace Colloquy.Tests.Knowledge;

public sealed class VectorCodeTests
{
    [Theory, InlineData(1), InlineData(7), InlineData(24), InlineData(256), InlineData(384), InlineData(1536), InlineData(8192)]
    public void An_estimate_is_never_further_from_the_cosine_than_it_says(int dimensions)
    {
        var random = new Random(dimensions);
        for (var round = 0; round < 200; round++)
        {
            var (vector, query) = (Unit(random, dimensions), Unit(random, dimensions));
            if (round % 3 == 0)
                vector = Spike(dimensions, random);
            if (round % 5 == 0)
                query = vector;
            var code = new sbyte[VectorCode.StrideOf(dimensions)];
            var (scale, error) = VectorCode.Encode(vector, code);
            var prepared = VectorCode.Prepare(query);

            var estimate = VectorCode.Dot(code, prepared.Code) * scale * prepared.Scale;

            Assert.InRange(Math.Abs(estimate - TensorPrimitives.Dot<float>(vector, query)), 0, prepared.ErrorWith(error));
            Assert.True(prepared.ErrorWith(error) < (round % 3 == 0 ? 0.2 : 0.02), $"{prepared.ErrorWith(error)} says nothing");
        }
    }

    [Fact]
    public void Every_way_to_multiply_gives_the_same()
    {
        var random = new Random(1);
        foreach (var length in (int[])[32, 64, 256, 8192])
        {
            var code = new sbyte[length];
            random.NextBytes(MemoryMarshal.AsBytes(code.AsSpan()));
            var query = Enumerable.Range(0, length).Select(_ => (short)random.Next(-4095, 4096)).ToArray();
            var expected = code.Zip(query).Sum(pair => (long)pair.First * pair.Second);

            Assert.Equal(expected, VectorCode.Dot(code, query));
            Assert.Equal(expected, VectorCode.DotPortable(ref code[0], ref query[0], length));
        }
    }

    [Fact]
    public void Sums_of_the_largest_products_do_not_overflow()
    {
        var (code, query) = (Enumerable.Repeat((sbyte)-127, 8192).ToArray(), Enumerable.Repeat((short)4095, 8192).ToArray());

        Assert.Equal(-127L * 4095 * 8192, VectorCode.Dot(code, query));
        Assert.Equal(-127L * 4095 * 8192, VectorCode.DotPortable(ref code[0], ref query[0], 8192));
    }

    // One number says nearly everything: the others lose most by rounding.
    private static float[] Spike(int dimensions, Random random)
    {
        var vector = Unit(random, dimensions);
        vector[random.Next(dimensions)] += 20;
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }
}
