namespace Colloquy.Storage;

/// <summary>Where a single node keeps everything, and how much it may take for it.</summary>
public sealed class StorageOptions
{
    /// <summary>The directory of the database, its write-ahead log and its lock file. Created if absent. One process at a time
    /// may own it. Default: <c>data</c> below the working directory.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>Commands that may wait for the writer, 64 to 65,536. A further one is refused with a
    /// <see cref="StoreOverloadedException"/>. Default: 4,096.</summary>
    public int WriteQueueMax { get; set; } = 4096;

    /// <summary>Commands that share one commit at most, 1 to 4,096: the bound on how long one caller waits for its neighbours.
    /// Default: 512.</summary>
    public int BatchMax { get; set; } = 512;

    /// <summary>Connections that read at the same time, 1 to 64. Further readers wait. Default: 4.</summary>
    public int ReadersMax { get; set; } = 4;

    /// <summary>Page cache of each connection, in KiB, 256 to 1,048,576. Default: 8,192.</summary>
    public int PageCacheKiB { get; set; } = 8192;

    /// <summary>Memory for the vectors of collections that were searched last, in MiB, 16 to 65,536: a vector takes its
    /// dimensions in bytes. What does not fit is read anew for each search. Default: 512.</summary>
    public int VectorMemoryMiB { get; set; } = 512;

    /// <summary>Every mistake in these options, one sentence each. Empty if there is none.</summary>
    public IEnumerable<string> FindMistakes()
    {
        if (string.IsNullOrWhiteSpace(DataDirectory))
            yield return $"{nameof(DataDirectory)} is missing.";
        if (WriteQueueMax is < 64 or > 65536)
            yield return $"{nameof(WriteQueueMax)} is {WriteQueueMax}; it must be 64 to 65,536 commands.";
        if (BatchMax is < 1 or > 4096)
            yield return $"{nameof(BatchMax)} is {BatchMax}; it must be 1 to 4,096 commands.";
        if (ReadersMax is < 1 or > 64)
            yield return $"{nameof(ReadersMax)} is {ReadersMax}; it must be 1 to 64 connections.";
        if (PageCacheKiB is < 256 or > 1048576)
            yield return $"{nameof(PageCacheKiB)} is {PageCacheKiB}; it must be 256 to 1,048,576 KiB.";
        if (VectorMemoryMiB is < 16 or > 65536)
            yield return $"{nameof(VectorMemoryMiB)} is {VectorMemoryMiB}; it must be 16 to 65,536 MiB.";
    }
}
