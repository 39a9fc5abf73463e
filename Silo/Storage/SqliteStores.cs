using Colloquy.Journals;
using Colloquy.Memory;
using Colloquy.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Hosting;
using Orleans.Storage;

namespace Colloquy.Storage;

/// <summary>Everything that a single node keeps, in one SQLite file.</summary>
public static class SqliteStores
{
    /// <summary>The name under which grains ask for their documents.</summary>
    public const string Documents = "documents";

    private const string OrleansDefault = "Default";

    /// <summary>Registers the journal store, grain storage (<see cref="Documents"/> and default), reminders, session index
    /// and facts.</summary>
    public static ISiloBuilder AddSqliteStores(this ISiloBuilder silo, StorageOptions options)
    {
        silo.Services.AddSqliteStores(options);
        return silo;
    }

    /// <inheritdoc cref="AddSqliteStores(ISiloBuilder, StorageOptions)"/>
    public static IServiceCollection AddSqliteStores(this IServiceCollection services, StorageOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => new SqliteDatabase(options)); // by the container, so that it is closed with it
        services.AddSingleton<IJournalStore, SqliteJournalStore>();
        services.AddSingleton<ISessionIndex, SqliteSessionIndex>();
        services.AddSingleton<IFactStore, SqliteFactStore>();
        services.AddSingleton<SqliteGrainStorage>();
        foreach (var name in (string[])[Documents, OrleansDefault])
            services.AddKeyedSingleton<IGrainStorage>(name, (provider, _) => provider.GetRequiredService<SqliteGrainStorage>());
        services.TryAddSingleton<IGrainStorage>(provider => provider.GetRequiredService<SqliteGrainStorage>());
        services.AddSingleton<SqliteReminders>();
        services.AddSqliteReminders();
        return services;
    }
}
