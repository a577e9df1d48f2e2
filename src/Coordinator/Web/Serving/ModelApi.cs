using FashionSweep.Training.Evaluation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace FashionSweep.Coordinator.Web.Serving;

/// <summary>All that a served model answers to. What is turned down is answered as <see cref="Problem"/> says.</summary>
/// <param name="examples">For whoever has no image; may be none. Asked for when somebody does.</param>
/// <param name="further">Adds what else there is to be asked.</param>
public sealed class ModelApi(
    ServedModel model, Classifier classifier, Func<IReadOnlyList<ServedExample>> examples, ServingMeter meter, TimeProvider time,
    Action<IEndpointRouteBuilder> further)
{
    /// <summary>Serves it at a TCP address until it is disposed of.</summary>
    /// <param name="log">Gets what fails here, for the operator. From any thread.</param>
    /// <exception cref="ListenException">It can't listen there.</exception>
    public Task<WebListener> ListenAsync(WebOptions options, Action<string> log) => WebListener.StartAsync(options, Map, log, WebServer.Model);

    private void Map(IEndpointRouteBuilder routes)
    {
        new PredictRoutes(model, classifier, examples, meter, time).Map(routes.MapGroup("/v1"));
        routes.MapGet("/health", Health).WithTags("model").WithSummary("Whether it answers");
        PageRoutes.Map(routes, "ServingPage", "/");
        OpenApiPage.Map(routes, "FashionSweep model");
        further(routes);
    }

    private static Ok<ServingHealth> Health() => TypedResults.Ok(new ServingHealth(true));
}

/// <param name="Healthy">Whoever can say it is.</param>
public sealed record ServingHealth(bool Healthy);
