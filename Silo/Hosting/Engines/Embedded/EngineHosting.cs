using Colloquy.Storage;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Colloquy.Hosting;

/// <summary>This engine is one process with one file.</summary>
public static class EngineHosting
{
    /// <summary>Not with this engine: the settings have refused the role before this can be called.</summary>
    /// <exception cref="SettingsException">Always.</exception>
    public static TBuilder AddColloquyClient<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder =>
        throw new SettingsException(
            [$"{KnownSettings.Role.Name} must be all: the Embedded engine is one process. A cluster needs -p:Engine=Orleans."]);

    internal static void AddEngine(this ISiloBuilder silo, ColloquySettings settings) =>
        silo.UseLocalhostClustering().AddSqliteStores(new StorageOptions { DataDirectory = settings.DataDirectory });
}
