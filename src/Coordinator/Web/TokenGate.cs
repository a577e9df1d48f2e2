using FashionSweep.Shared.Http;
using Microsoft.AspNetCore.Http;

namespace FashionSweep.Coordinator.Web;

/// <summary>Lets in who bears the token, and whoever asks after the coordinator's health.</summary>
internal sealed class TokenGate(AccessToken token)
{
    public Task PassAsync(HttpContext context, RequestDelegate next)
    {
        if (WebLimits.IsHealth(context) || token.IsIn(context.Request.Headers.Authorization)) return next(context);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.WriteAsync(context, StatusCodes.Status401Unauthorized,
            $"this coordinator asks for its token: set {AccessToken.Variable} to the one that it was started with");
    }
}
