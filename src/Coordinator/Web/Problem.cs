using FashionSweep.Shared.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace FashionSweep.Coordinator.Web;

/// <summary>Every refusal as problem details (RFC 9457): a title that follows from its status, and in <c>detail</c> our own words for people.</summary>
internal static class Problem
{
    /// <summary>What a handler answers that turns a request down.</summary>
    public static ProblemHttpResult Of(int code, string detail) => TypedResults.Problem(Describe(code, detail));

    /// <summary>Answers so from where there is no handler, or none any more.</summary>
    public static Task WriteAsync(HttpContext context, int code, string detail)
    {
        context.Response.StatusCode = code;
        // A route that had no words may have said that there are none.
        context.Response.ContentLength = null;
        return context.Response.WriteAsJsonAsync(Describe(code, detail), ControlJson.Lenient, ProblemText.ContentType, context.RequestAborted);
    }

    private static ProblemDetails Describe(int code, string detail) => new() { Status = code, Title = ReasonPhrases.GetReasonPhrase(code), Detail = detail };
}
