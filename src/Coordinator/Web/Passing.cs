using FashionSweep.Coordinator.Web.Dashboard;
using FashionSweep.Shared.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FashionSweep.Coordinator.Web;

/// <summary>Requests that are passed on to a coordinator, and its answers, piece by piece.</summary>
internal static class Passing
{
    private static readonly string[] Asked = ["Accept-Encoding", "If-None-Match", "Last-Event-ID", "Range"];

    private static readonly string[] Answered = ["Cache-Control", "Content-Disposition", "Content-Range", "ETag", "Upload-Offset", "X-Accel-Buffering"];

    /// <summary>The same, said to come from somebody who may change nothing.</summary>
    public static HttpRequestMessage Of(HttpRequest request)
    {
        var passed = new HttpRequestMessage(HttpMethod.Get, $"{request.Path.ToUriComponent().TrimStart('/')}{request.QueryString.ToUriComponent()}");
        foreach (var name in Asked.Where(request.Headers.ContainsKey))
            passed.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)request.Headers[name]);
        passed.Headers.Add(DashboardSource.ReadOnlyHeader, "true");
        return passed;
    }

    public static async Task CopyAsync(HttpResponseMessage answer, HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
            if (Answered.Contains(name) || name.StartsWith("Content-", StringComparison.Ordinal)) response.Headers[name] = values.ToArray();
        // What is turned down has its words in it.
        if (response.StatusCode >= StatusCodes.Status400BadRequest) response.ContentType ??= ProblemText.ContentType;
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var ending = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, ending);
        await using var body = await answer.Content.ReadAsStreamAsync(stop.Token);
        var buffer = new byte[1 << 14];
        for (int read; (read = await body.ReadAsync(buffer, stop.Token)) > 0;)
        {
            await response.Body.WriteAsync(buffer.AsMemory(0, read), stop.Token);
            await response.Body.FlushAsync(stop.Token);
        }
    }
}
