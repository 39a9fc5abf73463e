namespace Colloquy.Hosting;

/// <summary>The settings are wrong. The message lists every mistake, so that one attempt is enough to mend them all.</summary>
public sealed class SettingsException(IReadOnlyList<string> mistakes)
    : Exception(mistakes.Count == 1 ? mistakes[0] : string.Join(Environment.NewLine, mistakes))
{
    /// <summary>A sentence each: the setting's name, what is expected, and what was found unless that is a secret.</summary>
    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}
