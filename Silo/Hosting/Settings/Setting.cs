namespace Colloquy.Hosting;

/// <summary>A setting that a deployment may give: in the environment, on the command line or in another source of
/// configuration.</summary>
/// <param name="Name">
/// Its name everywhere. <c>NAME_FILE</c> names a file that holds the value instead, as orchestrators mount secrets.
/// </param>
/// <param name="Default">What holds when nobody says otherwise; null if that is nothing at all. Secrets have none.</param>
/// <param name="IsSecret">Never printed, and struck out of every log line.</param>
/// <param name="Argument">The command line's word for it, without its dashes; it wins over the name.</param>
internal sealed record Setting(string Name, string? Default = null, bool IsSecret = false, string? Argument = null);
