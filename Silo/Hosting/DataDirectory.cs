using Colloquy.Storage;

namespace Colloquy.Hosting;

/// <summary>The directory in which one process keeps everything.</summary>
internal static class DataDirectory
{
    /// <summary>Creates it, for this user alone, if it is not there. One that is there keeps the rights that somebody gave
    /// it.</summary>
    /// <exception cref="StoreUnusableException">It cannot be created.</exception>
    public static void Prepare(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(path); // the rights of the user's folders hold there
            else
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnusableException(
                $"The data directory {path} cannot be created: {failure.Message} {KnownSettings.Data.Name} names another.",
                failure);
        }
    }
}
