using Colloquy.Storage;

namespace Colloquy.Hosting;

/// <summary>How a process of this deployment ends.</summary>
public static class ProcessExit
{
    /// <summary>The name of the setting that says which part of the product a process is.</summary>
    public const string RoleSetting = "COLLOQUY_ROLE";

    /// <summary>The settings are wrong (EX_CONFIG of sysexits.h): starting again will not help.</summary>
    public const int WrongSettings = 78;

    /// <summary>The store cannot be used (EX_UNAVAILABLE): another process owns it, or it promises too little.</summary>
    public const int StoreUnusable = 69;

    /// <summary>
    /// Runs the process to its end. Mistakes of who operates it are said in plain sentences, without a stack trace; anything
    /// else goes through as it is.
    /// </summary>
    /// <returns>The exit code: 0, <see cref="WrongSettings"/> or <see cref="StoreUnusable"/>.</returns>
    public static async Task<int> Run(TextWriter errors, Func<Task> process)
    {
        try
        {
            await process();
            return 0;
        }
        catch (SettingsException wrong)
        {
            await errors.WriteLineAsync("Colloquy cannot start; these settings are wrong:");
            foreach (var mistake in wrong.Mistakes)
                await errors.WriteLineAsync($"  {mistake}");
            return WrongSettings;
        }
        catch (StoreUnusableException unusable)
        {
            await errors.WriteLineAsync($"Colloquy cannot start: {unusable.Message}");
            return StoreUnusable;
        }
    }
}
