namespace Colloquy.Tests;

/// <summary>A directory of its own for each test, gone afterwards.</summary>
internal sealed class TempDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("colloquy-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
