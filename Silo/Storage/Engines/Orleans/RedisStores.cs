using Colloquy.Journals;
using Colloquy.Knowledge;
using Colloquy.Memory;
using Colloquy.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Hosting;
using Orleans.Persistence;

namespace Colloquy.Storage;

/// <summary>Everything that a cluster keeps, in one Redis. Membership is the silo's own affair.</summary>
public static class RedisStores
{
    /// <summary>Registers the journal store, grain storage (<see cref="SqliteStores.Documents"/> and default), reminders, session
    /// index, documents and facts. The host does not start if Redis promises too little.</summary>
    public static ISiloBuilder AddRedisStores(this ISiloBuilder silo, RedisStoreOptions options)
    {
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddSingleton(options);
        silo.Services.AddSingleton<RedisDatabase>();
        silo.Services.AddHostedService(provider => provider.GetRequiredService<RedisDatabase>());
        silo.Services.AddSingleton<IJournalStore, RedisJournalStore>();
        silo.Services.AddSingleton<ISessionIndex, RedisSessionIndex>();
        silo.Services.AddSingleton<IDocumentStore, RedisDocumentStore>();
        silo.Services.AddSingleton<IFactStore, RedisFactStore>();
        silo.AddRedisGrainStorage(SqliteStores.Documents, Configure);
        silo.AddRedisGrainStorageAsDefault(Configure);
        return silo.UseRedisReminderService(reminders => reminders.ConfigurationOptions = options.ToConfiguration());

        void Configure(RedisStorageOptions storage)
        {
            storage.ConfigurationOptions = options.ToConfiguration();
            storage.GrainStorageSerializer = new StateJsonSerializer();
        }
    }
}
