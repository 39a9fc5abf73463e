using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Colloquy.Clusters;

/// <summary>A process of the product, to be killed.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _program;
    private readonly string[] _arguments;
    private readonly Dictionary<string, string> _settings;
    private readonly ConcurrentQueue<string> _said = new();
    private Process? _process;

    /// <param name="program">The assembly, beside the tests'.</param>
    public ServerProcess(string program, Dictionary<string, string> settings, params string[] arguments) =>
        (_program, _settings, _arguments) = (Path.Combine(AppContext.BaseDirectory, program), settings, arguments);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts it, and comes back when it serves.</summary>
    public async Task Start()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(_program);
        foreach (var argument in _arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in _settings)
            start.Environment[name] = value;
        var ready = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, output) => _said.Enqueue(output.Data ?? "");
        _process.OutputDataReceived += (_, output) =>
        {
            _said.Enqueue(output.Data ?? "");
            while (_said.Count > 200)
                _said.TryDequeue(out string? _);
            if (output.Data is null || output.Data.Contains("Application started", StringComparison.Ordinal))
                ready.TrySetResult(output.Data is not null);
        };
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (!await ready.Task.WaitAsync(Patience))
            throw new InvalidOperationException($"{_program} ended before it served:\n{string.Join('\n', _said)}");
    }

    /// <summary>SIGKILL: nothing is done on the way out.</summary>
    public async Task Kill()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public string Said => string.Join('\n', _said);

    public void Dispose()
    {
        if (_process is null)
            return;
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
