using System.Net;
using System.Text.RegularExpressions;

namespace Colloquy.Tests.Hosting;

public sealed class FirstStartTests
{
    [Fact]
    public async Task The_very_first_start_prints_a_key_that_works_and_later_starts_print_none()
    {
        var host = new ApiHost();
        await host.Begin();
        await host.Start(bootstrapKey: null);
        var key = Regex.Match(host.Printed, "clq_operator_first_[A-Za-z0-9_-]{43}").Value;
        Assert.Equal(HttpStatusCode.OK, (await host.Client(key).GetAsync("/v1/sessions")).StatusCode);
        await host.Stop();
        var printed = host.Printed;
        await host.Start(bootstrapKey: null);
        Assert.Equal(printed, host.Printed);
        Assert.Equal(HttpStatusCode.OK, (await host.Client(key).GetAsync("/v1/sessions")).StatusCode);
        await host.DisposeAsync();
    }
}
