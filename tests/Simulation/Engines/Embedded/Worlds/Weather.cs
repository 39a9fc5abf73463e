using Orleans.Embedded;

namespace Colloquy.Simulated;

/// <summary>How rough one seed's world is: every kind of fault is there or not, and more or less frequent. One fault can hide
/// another, so many different worlds find more than one in which everything happens.</summary>
internal sealed record Weather
{
    public required SimulationOptions Engine { get; init; }

    /// <summary>A journal call fails, and was not done.</summary>
    public double NotApplied { get; init; }

    /// <summary>A journal call fails although it was done.</summary>
    public double NoAnswer { get; init; }

    /// <summary>The longest that the journal thinks in fair weather; now and then it takes a hundred times as long.</summary>
    public TimeSpan Disk { get; init; }

    /// <summary>A model breaks off or refuses.</summary>
    public double ModelFails { get; init; }

    /// <summary>A model stalls for up to half a minute.</summary>
    public double ModelStalls { get; init; }

    public double ToolFails { get; init; }
    public double IndexFails { get; init; }

    /// <summary>The fact store refuses, or does not say that it did what it was asked.</summary>
    public double FactsFail { get; init; }

    /// <summary>A selector that learns and a memory that records get a twin.</summary>
    public double Twins { get; init; }

    /// <summary>A frame to a viewer is lost.</summary>
    public double FrameLost { get; init; }

    /// <summary>A viewer leaves after a batch, and comes back from its cursor.</summary>
    public double ViewerLeaves { get; init; }

    /// <summary>What trouble does next is drawn among these.</summary>
    public int Crashes { get; init; }
    public int Duplicates { get; init; }
    public int PowerLosses { get; init; }

    /// <summary>The longest pause between two troubles.</summary>
    public TimeSpan Calm { get; init; }

    /// <summary>Tokens that the tenant may spend.</summary>
    public long Budget { get; init; }

    /// <summary>There is not even enough for one answer of somebody who is not known yet: then nobody is selected.</summary>
    public bool IsPoor => Budget < 3_000;

    public bool HasLargeMessages { get; init; }

    /// <summary>The directory loses track of the budget again and again, so that two of them serve at the same time.</summary>
    public bool HasTwoBudgets { get; init; }

    public bool HasTrouble => Crashes + Duplicates + PowerLosses > 0;

    public static Weather Of(int seed)
    {
        var random = new Random(seed);
        return new()
        {
            Engine = new()
            {
                Silos = random.Next(1, 4),
                MaxHop = TimeSpan.FromMilliseconds(random.Next(4) == 0 ? 400 : 5),
                LostRequest = Some(0.04), LostReply = Some(0.06), RepeatedReply = Some(0.1),
                FailedWriteNotApplied = Some(0.08), FailedWriteApplied = Some(0.08),
                MaxDetection = TimeSpan.FromSeconds(random.Next(1, 16)), Horizon = TimeSpan.FromHours(1),
            },
            NotApplied = Some(0.06), NoAnswer = Some(0.08), Disk = TimeSpan.FromMilliseconds(random.Next(3) == 0 ? 300 : 4),
            ModelFails = Some(0.15), ModelStalls = Some(0.15), ToolFails = Some(0.2), IndexFails = Some(0.1),
            FrameLost = Some(0.15), ViewerLeaves = Some(0.1),
            Crashes = random.Next(3), Duplicates = random.Next(3), PowerLosses = random.Next(3) / 2,
            Calm = TimeSpan.FromSeconds(random.Next(2, 12)),
            Budget = random.Next(2) == 0 ? 1_000_000 : random.Next(600, 2_500) * (random.Next(2) == 0 ? 1 : 12),
            HasLargeMessages = random.Next(8) == 0, HasTwoBudgets = random.Next(3) == 0, FactsFail = Some(0.1), Twins = Some(0.3),
        };

        double Some(double most) => random.Next(2) == 0 ? 0 : random.NextDouble() * most;
    }

    /// <summary>The same world with nothing going wrong.</summary>
    public Weather Fair => this with
    {
        Engine = Engine.Calm, NotApplied = 0, NoAnswer = 0, ModelFails = 0, ModelStalls = 0, ToolFails = 0, IndexFails = 0,
        FactsFail = 0, Twins = 0, FrameLost = 0, ViewerLeaves = 0, Crashes = 0, Duplicates = 0, PowerLosses = 0, HasTwoBudgets = false,
    };
}

/// <summary>The weather at this moment: it turns fair once, for good.</summary>
internal sealed class Sky(Weather weather)
{
    public Weather Now { get; private set; } = weather;

    public void Clear() => Now = Now.Fair;
}
