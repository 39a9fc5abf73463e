namespace Colloquy.Hosting;

/// <summary>Whether a single process can keep its data where it is told to.</summary>
internal static class DirectoryProbe
{
    private const string Name = "data directory";

    /// <summary>Tries to write there, or where the directory would be made; leaves nothing behind.</summary>
    public static Finding Look(string directory)
    {
        var place = directory;
        while (!Directory.Exists(place) && Path.GetDirectoryName(place) is { } parent)
            place = parent;
        try
        {
            using var probe = new FileStream(Path.Combine(place, $".colloquy-{Guid.NewGuid():N}"), FileMode.CreateNew,
                FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Finding.Wrong(Name, $"{place} cannot be written: {failure.Message} {KnownSettings.Data.Name} names another.");
        }

        return Finding.Ok(Name, place == directory ? directory : $"{directory} will be created");
    }
}
