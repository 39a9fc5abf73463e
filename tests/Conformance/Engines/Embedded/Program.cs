using System.Globalization;
using Colloquy.Conformance;

// The hash of one simulated run, for a test that compares processes.
var hash = LedgerWorld.Play(int.Parse(args[0], CultureInfo.InvariantCulture), new LedgerRules());
Console.WriteLine(hash.ToString("x16", CultureInfo.InvariantCulture));
