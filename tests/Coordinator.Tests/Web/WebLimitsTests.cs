using FashionSweep.Coordinator.Web;
using Microsoft.AspNetCore.Http;

namespace FashionSweep.Coordinator.Tests.Web;

public sealed class WebLimitsTests
{
    [Fact]
    public async Task MoreRequestsThanAllowedAreSentAwayForAWhile()
    {
        await using var limits = new WebLimits(perSecond: 2, atOnce: 512);
        var codes = new List<int>();
        // However slow the machine is: in that many there are more than two within a second.
        for (var sent = 0; sent < 100; sent++)
        {
            var context = new DefaultHttpContext();
            await limits.PassAsync(context, _ => Task.CompletedTask);
            codes.Add(context.Response.StatusCode);
        }

        codes.Take(4).ShouldAllBe(code => code == StatusCodes.Status200OK);
        codes.ShouldContain(StatusCodes.Status429TooManyRequests);
    }

    [Fact]
    public async Task MoreRequestsAtOnceThanAllowedWaitOrAreSentAway()
    {
        await using var limits = new WebLimits(perSecond: 2000, atOnce: 1);
        var (held, contexts) = (new TaskCompletionSource(), Enumerable.Range(0, 4).Select(_ => new DefaultHttpContext()).ToArray());

        Task[] passing = [.. contexts.Select(context => limits.PassAsync(context, _ => held.Task))];
        await passing[3];
        held.SetResult();
        await Task.WhenAll(passing);

        contexts.Select(context => context.Response.StatusCode).ShouldBe([200, 200, 200, 429]);
    }
}
