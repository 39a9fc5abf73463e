using FsCheck;
using FsCheck.Fluent;

namespace Colloquy.Panels.Shared;

/// <summary>Properties of panels, over numbers that everything else is drawn from: the same cases on every run.</summary>
internal static class Checked
{
    public static void ForAll(int cases, Action<Random> holds) => Prop
        .ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            holds(new(seed));
            return true;
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(new Replay(new Rnd(4, 7), null)));

    public static T OneOf<T>(this Random random, params T[] all) => all[random.Next(all.Length)];
}
