namespace Colloquy.Hosting;

/// <summary>This engine has no Qdrant; a setting that names one was refused before.</summary>
internal static class QdrantProbe
{
    public static Task<Finding> Look(ColloquySettings settings, CancellationToken cancellation) => Task.FromResult(
        Finding.Absent(
            "Qdrant", $"passages are kept in the process's own file; {KnownSettings.QdrantUrl.Name} needs the Orleans engine"));
}
