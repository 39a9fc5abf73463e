using System.ComponentModel;
using System.Diagnostics;

namespace Colloquy.Hosting;

/// <summary>Whether there is a Node.js to build the web console with.</summary>
internal static class NodeProbe
{
    private const string Name = "Node.js";

    public static async Task<Finding> Look(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Doctor.Patience);
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true });
            if (node is null)
                return Absent();
            var version = await node.StandardOutput.ReadToEndAsync(patience.Token);
            return Finding.Ok(Name, $"{version.Trim()} builds the console");
        }
        catch (Win32Exception)
        {
            return Absent();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Finding.Wrong(Name, $"node did not say its version within {Doctor.Patience.TotalSeconds} s");
        }
    }

    private static Finding Absent() => Finding.Absent(Name, "needed to build the web console, and for nothing else");
}
