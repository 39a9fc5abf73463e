using Colloquy.Journals;
using Colloquy.Knowledge;
using Colloquy.Sessions;
using Colloquy.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Colloquy.Tests.Storage;

public sealed class SqliteStoresTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task One_registration_gives_every_port_over_one_directory_and_closes_it_with_the_container()
    {
        var options = new StorageOptions { DataDirectory = _directory.Path };
        await using (var services = new ServiceCollection().AddLogging().AddSqliteStores(options).BuildServiceProvider())
        {
            await services.GetRequiredService<IJournalStore>().Claim("j", default);
            Assert.Empty(await services.GetRequiredService<ISessionIndex>().List("acme", null, null, 1, default));
            Assert.Same(services.GetRequiredKeyedService<IGrainStorage>("Default"), services.GetRequiredService<IGrainStorage>());
            Assert.IsType<SqliteGrainStorage>(services.GetRequiredKeyedService<IGrainStorage>(SqliteStores.Documents));
            var scope = new IndexScope("acme", "notes", 1, 2);
            Assert.Equal(0, await services.GetRequiredService<IPassageIndex>().Count(scope, null, default));
            Assert.Equal((0, 0), await services.GetRequiredService<IDocumentStore>().Count("acme", "notes", default));
            Assert.True(File.Exists(Path.Combine(_directory.Path, "knowledge.db")));
        }

        using var reopened = new SqliteDatabase(options);
        Assert.Equal(2, (await new SqliteJournalStore(reopened, TimeProvider.System).Claim("j", default)).Epoch);
    }

    public void Dispose() => _directory.Dispose();
}
