using System.Text.Json;
using Orleans.Storage;

namespace Colloquy.Storage;

/// <summary>Lets Orleans' own storage providers write documents as <see cref="StateJson"/> does everywhere else.</summary>
internal sealed class StateJsonSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, StateJson.Options));

    public T Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input, StateJson.Options)
        ?? throw new JsonException($"The document of type {typeof(T).Name} is null.");
}
