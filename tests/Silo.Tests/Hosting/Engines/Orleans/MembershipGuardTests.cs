using System.Net;
using Colloquy.Doubles;
using Colloquy.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using Orleans.Runtime;

namespace Colloquy.Tests.Hosting;

public sealed class MembershipGuardTests
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly TestClock _clock = new();
    private readonly Table _table = new();
    private readonly Fatal _fatal = new();

    [Fact]
    public async Task A_silo_ends_when_its_row_is_missing_for_the_second_time()
    {
        using var guard = await Start();
        await Tick(row: true);
        await Tick(row: false);
        Assert.False(_fatal.Happened.Task.IsCompleted);
        await Tick(row: false);
        Assert.Contains("membership table", await _fatal.Happened.Task.Within("the silo end"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_cannot_be_read_ends_nobody()
    {
        using var guard = await Start();
        await Tick(row: true);
        await Tick(row: null);
        await Tick(row: null);
        await Tick(row: true);
        Assert.False(_fatal.Happened.Task.IsCompleted);
        await guard.StopAsync(CancellationToken.None);
    }

    private async Task<MembershipGuard> Start()
    {
        var guard = new MembershipGuard(_table, new Local(), _fatal, _clock, NullLogger<MembershipGuard>.Instance);
        await guard.StartAsync(CancellationToken.None);
        await _clock.Awaited(Period);
        return guard;
    }

    private async Task Tick(bool? row)
    {
        var read = _table.Next(row);
        _clock.Advance(Period);
        await read.Within("the guard read its row");
    }

    private sealed class Fatal : IFatalErrorHandler
    {
        public TaskCompletionSource<string> Happened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsUnexpected(Exception exception) => true;

        public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null) =>
            Happened.TrySetResult(context ?? "");
    }

    private sealed class Local : ILocalSiloDetails
    {
        public static readonly SiloAddress Address = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11111), 1);

        public string Name => "one";
        public string ClusterId => "test";
        public string DnsHostName => "localhost";
        public SiloAddress SiloAddress => Address;
        public SiloAddress GatewayAddress => Address;
    }

    /// <summary>A table that a test answers for.</summary>
    private sealed class Table : IMembershipTable
    {
        private TaskCompletionSource _read = new();
        private bool? _row;

        public Task Next(bool? row)
        {
            (_row, _read) = (row, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            return _read.Task;
        }

        public Task<MembershipTableData> ReadRow(SiloAddress key)
        {
            var row = _row; // the test may set the next one as soon as it hears of this read
            _read.TrySetResult();
            if (row is null)
                throw new TimeoutException("The table does not answer.");
            List<Tuple<MembershipEntry, string>> rows =
                row is true ? [Tuple.Create(new MembershipEntry { SiloAddress = key, Status = SiloStatus.Active }, "1")] : [];
            return Task.FromResult(new MembershipTableData(rows, new TableVersion(1, "1")));
        }

        public Task InitializeMembershipTable(bool tryInitTableVersion) => throw new NotSupportedException();
        public Task DeleteMembershipTableEntries(string clusterId) => throw new NotSupportedException();
        public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => throw new NotSupportedException();
        public Task<MembershipTableData> ReadAll() => throw new NotSupportedException();
        public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => throw new NotSupportedException();
        public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
            throw new NotSupportedException();
        public Task UpdateIAmAlive(MembershipEntry entry) => throw new NotSupportedException();
    }
}
