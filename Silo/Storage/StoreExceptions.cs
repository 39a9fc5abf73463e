namespace Colloquy.Storage;

/// <summary>A bounded queue of a store is full: nothing was written, and the caller may try again later.</summary>
public sealed class StoreOverloadedException(string message) : Exception(message);

/// <summary>The store no longer holds the data that this process began with: it came back empty, or is another one. Everything
/// is refused until somebody has looked into it and the process was started again.</summary>
public sealed class DataSetChangedException(string message) : Exception(message);

/// <summary>The store cannot be opened, or cannot be trusted with what it acknowledges.</summary>
public sealed class StoreUnusableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The store did not answer in time, or answered that it cannot: the outcome is unknown, and the call may be
/// repeated.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
