using Colloquy.Tests.Journals;

// The test assembly is also the process that crash tests start and kill. Test runners load it as a library.
return args is ["write-journals", var directory] ? await CrashWriter.Write(directory) : 2;
