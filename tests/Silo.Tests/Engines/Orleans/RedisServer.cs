using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Colloquy.Doubles;
using Colloquy.Journals;
using Colloquy.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Colloquy.Tests;

/// <summary>A Redis of its own, on a free port of this machine with its data in a directory of its own.</summary>
internal sealed class RedisServer : IDisposable
{
    private static readonly Lazy<RedisServer> TheShared = new(() =>
    {
        var server = new RedisServer();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    });

    private static readonly Lazy<Version> TheVersion = new(ReadVersion);

    private static int _prefixes;

    private readonly TempDirectory _directory = new();
    private readonly string[] _settings;
    private Process _process;

    public RedisServer(params string[] settings)
    {
        _settings = settings.Length > 0 ? settings : ["--appendonly", "yes", "--appendfsync", "always"];
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        _process = Launch();
    }

    /// <summary>The program, or null if this machine has none.</summary>
    public static string? Program { get; } = FindProgram();

    /// <summary>What the program says of itself.</summary>
    public static Version Version => TheVersion.Value;

    /// <summary>One server for all tests that neither stop it nor empty it. Each takes a prefix of its own.</summary>
    public static RedisServer Shared => TheShared.Value;

    public int Port { get; }

    public int ProcessId => _process.Id;

    public string AofDirectory => Path.Combine(_directory.Path, "appendonlydir");

    public static string NextPrefix() => $"test-{Interlocked.Increment(ref _prefixes)}";

    public RedisDatabase Open(string prefix = "colloquy", bool requireAof = true) => new(
        new RedisStoreOptions { Address = $"redis://127.0.0.1:{Port}", KeyPrefix = prefix, RequireAof = requireAof },
        NullLogger<RedisDatabase>.Instance);

    public RedisJournalStore OpenJournals(RedisDatabase database, TimeProvider? time = null) =>
        new(database, time ?? TimeProvider.System);

    /// <summary>SIGKILL: nothing is written on the way out.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    public void Restart() => _process = Launch();

    /// <summary>What a lost disk leaves.</summary>
    public void ForgetEverything()
    {
        Directory.Delete(_directory.Path, recursive: true);
        Directory.CreateDirectory(_directory.Path);
    }

    public void Dispose()
    {
        Kill();
        _directory.Dispose();
    }

    private static string? FindProgram() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(directory => Path.Combine(directory, "redis-server"))
        .FirstOrDefault(File.Exists);

    private static Version ReadVersion()
    {
        using var process = Process.Start(new ProcessStartInfo(Program!, "--version") { RedirectStandardOutput = true })!;
        return Version.Parse(Regex.Match(process.StandardOutput.ReadToEnd(), @"v=(\d+\.\d+\.\d+)").Groups[1].Value);
    }

    private Process Launch()
    {
        var start = new ProcessStartInfo(Program!) { RedirectStandardOutput = true };
        string[] place = ["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _directory.Path, "--save", ""];
        foreach (var argument in place.Concat(_settings))
            start.ArgumentList.Add(argument);
        var process = new Process { StartInfo = start };
        var (said, ready) = (new ConcurrentQueue<string>(), new TaskCompletionSource<bool>());
        process.OutputDataReceived += (_, output) => // goes on being read, or the pipe would fill up
        {
            said.Enqueue(output.Data ?? "");
            if (output.Data is null || output.Data.Contains("Ready to accept connections", StringComparison.Ordinal))
                ready.TrySetResult(output.Data is not null);
        };
        process.Start();
        process.BeginOutputReadLine();
        return ready.Task.Within("Redis get ready").GetAwaiter().GetResult()
            ? process
            : throw new InvalidOperationException($"Redis ended before it was ready:\n{string.Join('\n', said)}");
    }
}
