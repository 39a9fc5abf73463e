using Colloquy.Journals;
using Colloquy.Memory;
using Colloquy.Knowledge;
using Colloquy.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Hosting;
using Orleans.Storage;

namespace Colloquy.Storage;

/// <summary>Everything that a single node keeps, in the SQLite files of one directory.</summary>
public static class SqliteStores
{
    /// <summary>The name under which grains ask for their documents.</summary>
    public const string Documents = "documents";

    /// <summary>The key of the database that holds knowledge.</summary>
    internal const string Knowledge = "knowledge";

    private const string OrleansDefault = "Default";

    /// <summary>Registers the journal store, grain storage (<see cref="Documents"/> and default), reminders, session index
    /// and facts.</summary>
    /// <summary>Registers the journal store, grain storage (<see cref="Documents"/> and default), reminders, session
    /// index, document store and passage index.</summary>
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
        return services.AddSqliteKnowledge(options);
    }

    private static IServiceCollection AddSqliteKnowledge(this IServiceCollection services, StorageOptions options)
    {
        services.AddMetrics();
        services.AddKeyedSingleton(Knowledge, (provider, _) =>
        {
            provider.GetRequiredService<SqliteDatabase>(); // it takes the directory's lock
            return new SqliteDatabase(options, SqliteFile.Knowledge);
        });
        services.AddSingleton(_ => new VectorCache(options.VectorMemoryMiB * 1024L * 1024));
        services.AddSingleton<PassageTelemetry>();
        services.AddSingleton<IDocumentStore>(provider =>
            new SqliteDocumentStore(provider.GetRequiredKeyedService<SqliteDatabase>(Knowledge)));
        services.AddSingleton<IPassageIndex>(provider => new SqlitePassageIndex(
            provider.GetRequiredKeyedService<SqliteDatabase>(Knowledge), provider.GetRequiredService<VectorCache>(),
            provider.GetRequiredService<PassageTelemetry>()));
        return services;
    }
}
