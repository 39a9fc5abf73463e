using Colloquy.Agents;

namespace Colloquy.Tests.Agents;

/// <summary>Agents that tests speak of.</summary>
internal static class Given
{
    public const string BuiltIn = "fact-checker";

    public static readonly AgentChange NoChange = new(null, null, null, null, null, null, null, null, null, null, null);

    public static AgentProfile Profile(string id = "ada", string persona = "You are Ada.") => new(
        id, "Ada", "Counts.", persona, ["mathematics"], [], [], ["How many?"], [], Model: null, Temperature: 0.5,
        MaxOutputTokens: 1_000, Version: 0);

    public static AgentChange Persona(string persona) => NoChange with { Persona = persona };
}
