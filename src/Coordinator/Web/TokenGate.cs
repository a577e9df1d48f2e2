using FashionSweep.Shared.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace FashionSweep.Coordinator.Web;

/// <summary>Lets in who bears the token, and whoever asks after the server's health or for what is everybody's.</summary>
/// <param name="name">Of who answers, as <c>coordinator</c>.</param>
internal sealed class TokenGate(AccessToken token, string name)
{
    public Task PassAsync(HttpContext context, RequestDelegate next)
    {
        if (WebLimits.IsHealth(context) || IsForEverybody(context) || token.IsIn(context.Request.Headers.Authorization)) return next(context);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.WriteAsync(context, StatusCodes.Status401Unauthorized,
            $"this {name} asks for its token: set {AccessToken.Variable} to the one that it was started with");
    }

    private static bool IsForEverybody(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
}
