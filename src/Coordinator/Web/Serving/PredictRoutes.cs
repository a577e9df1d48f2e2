using System.Collections.Concurrent;
using System.Net.Mime;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Images;
using FashionSweep.Training.Evaluation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace FashionSweep.Coordinator.Web.Serving;

/// <summary>What a trained model can be asked: which one it is, and what is on images.</summary>
internal sealed class PredictRoutes(
    ServedModel model, Classifier classifier, Func<IReadOnlyList<ServedExample>> examples, ServingMeter meter, TimeProvider time)
{
    /// <summary>In bytes. As JSON the most images of a request have a good part of it.</summary>
    public const int LargestBody = 2 << 20;

    // The route turns none away: who reads the body has the words for it.
    private const string AnyForm = "*/*";

    private readonly ConcurrentBag<Desk> _free = [];

    public void Map(IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("model");
        routes.MapGet("/model", Model).WithSummary("What is served");
        routes.MapGet("/examples", Examples).WithSummary("Images to try it on, with their classes; none where the data set is not on this machine");
        routes.MapPost("/predict", (Delegate)PredictAsync).WithMetadata(new BodyLimit(LargestBody))
            .WithSummary($"The classes of images of 28 × 28 pixels, white on black, and how probable each is; at most {PixelBuffer.MostImages} at once")
            .Accepts<PredictRequest>(AnyForm)
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                Describe(operation);
                return Task.CompletedTask;
            })
            .Produces<PredictAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
    }

    private Ok<ServedModel> Model() => TypedResults.Ok(model);

    private Ok<IReadOnlyList<ServedExample>> Examples() => TypedResults.Ok(examples());

    private async Task PredictAsync(HttpContext context)
    {
        var (began, desk) = (time.GetTimestamp(), _free.TryTake(out var free) ? free : new Desk(model.Name));
        try
        {
            await desk.Body.ReadAsync(context.Request, context.RequestAborted);
            var probabilities = desk.ProbabilitiesOf(desk.Body.Pixels.Images);
            await classifier.ClassifyAsync(desk.Body.Pixels.Pixels, probabilities, context.RequestAborted);
            var answer = desk.Answer.Write(probabilities.Span);
            (context.Response.ContentType, context.Response.ContentLength) = ("application/json; charset=utf-8", answer.Length);
            await context.Response.BodyWriter.WriteAsync(answer, context.RequestAborted);
            meter.Answered(desk.Body.Pixels.Images, time.GetElapsedTime(began));
        }
        catch (BadHttpRequestException)
        {
            meter.Refused();
            throw;
        }
        catch (PngException fault)
        {
            meter.Refused();
            throw new BadHttpRequestException($"the image {fault.Message}", fault);
        }
        finally
        {
            _free.Add(desk);
        }
    }

    // As bytes they have no schema that the routes themselves could say.
    private static void Describe(OpenApiOperation operation)
    {
        var forms = operation.RequestBody!.Content!;
        forms.Remove(AnyForm, out var json);
        foreach (var form in ImageBody.Forms[..^1]) forms.Add(form, new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } });
        forms.Add(MediaTypeNames.Application.Json, json!);
    }

    /// <summary>All that a request is worked on with.</summary>
    private sealed class Desk(string model)
    {
        private double[] _probabilities = [];

        public ImageBody Body { get; } = new();

        public AnswerWriter Answer { get; } = new(model);

        public Memory<double> ProbabilitiesOf(int images)
        {
            var count = images * FashionMnist.Classes.Count;
            if (_probabilities.Length < count) _probabilities = new double[count];
            return _probabilities.AsMemory(0, count);
        }
    }
}
