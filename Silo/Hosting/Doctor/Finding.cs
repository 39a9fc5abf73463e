namespace Colloquy.Hosting;

/// <summary>How it stands with one thing that the product needs or can use.</summary>
public enum Condition
{
    /// <summary>It works, or is set up as far as that can be seen without using it.</summary>
    Ok,

    /// <summary>It is not set up. That is nobody's mistake; the finding says what would change.</summary>
    Absent,

    /// <summary>It is set up and does not work.</summary>
    Wrong,
}

/// <summary>One line of the doctor.</summary>
/// <param name="Detail">A sentence for people, without secrets.</param>
public sealed record Finding(string Name, Condition Condition, string Detail)
{
    internal static Finding Ok(string name, string detail) => new(name, Condition.Ok, detail);

    internal static Finding Absent(string name, string detail) => new(name, Condition.Absent, detail);

    internal static Finding Wrong(string name, string detail) => new(name, Condition.Wrong, detail);
}
