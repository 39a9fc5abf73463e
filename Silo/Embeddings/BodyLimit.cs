using Colloquy.Models;

namespace Colloquy.Embeddings;

/// <summary>Refuses answers that are larger than any answer of vectors: what a service sends is kept in memory until it is
/// read.</summary>
internal sealed class BodyLimit(HttpMessageHandler inner, long bytesMax) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentLength > bytesMax)
        {
            response.Dispose();
            throw TooLarge(bytesMax);
        }

        var bounded = new StreamContent(new Bounded(await response.Content.ReadAsStreamAsync(cancellationToken), bytesMax));
        foreach (var header in response.Content.Headers)
            bounded.Headers.TryAddWithoutValidation(header.Key, header.Value);
        response.Content = bounded;
        return response;
    }

    private static ModelException TooLarge(long bytesMax) =>
        new(ModelErrors.BadAnswer, $"The service's answer has more than {bytesMax} bytes.");

    private sealed class Bounded(Stream inner, long left) : Stream
    {
        private readonly long _most = left;
        private long _left = left;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _most - _left;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Count(await inner.ReadAsync(buffer, cancellationToken));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }

        private int Count(int read) => (_left -= read) >= 0 ? read : throw TooLarge(_most);
    }
}
