using System.Net;
using FashionSweep.Shared.Http;
using Microsoft.AspNetCore.Http;

namespace FashionSweep.Coordinator.Web;

/// <summary>
/// Keeps other sites' pages out where no token does: a browser on this machine asks a loopback address whatever the page says that it shows. A page of
/// another origin names it; one that has bent its own name to this address comes under that name.
/// </summary>
/// <param name="server">As <c>coordinator</c>.</param>
internal sealed class BrowserGate(string server)
{
    public Task PassAsync(HttpContext context, RequestDelegate next)
    {
        var host = context.Request.Host;
        var name = host.Host.Trim('[', ']');
        if (name != "localhost" && !IPAddress.TryParse(name, out _))
            return RefuseAsync(context, $"{host} is a name: without a token this {server} answers to its address only");
        return context.Request.Headers.Origin is [{ } origin] && origin != $"{context.Request.Scheme}://{host}"
            ? RefuseAsync(context, "a page of another site asks")
            : next(context);
    }

    private static Task RefuseAsync(HttpContext context, string why) =>
        Problem.WriteAsync(context, StatusCodes.Status403Forbidden, $"{why}; set {AccessToken.Variable} where others than this machine's own programs ask");
}
