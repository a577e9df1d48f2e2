using System.Net.Mime;
using System.Reflection;
using System.Text.Json;
using FashionSweep.Shared.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace FashionSweep.Coordinator.Web;

/// <summary>A handler's parameter that is the body of its request, read strictly: a key that is unknown, missing, null or there twice is refused.</summary>
internal sealed record JsonBody<T>(T Value) : IBindableFromHttpContext<JsonBody<T>>, IEndpointParameterMetadataProvider
    where T : class
{
    private const string Wrong = "the body is not what this path takes, as /openapi/v1.json has it";

    /// <exception cref="BadHttpRequestException">It is not of this kind; says where.</exception>
    public static async ValueTask<JsonBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(context.Request.Body, ControlJson.Strict, context.RequestAborted);
            return new JsonBody<T>(value ?? throw new BadHttpRequestException("the body is null, must be an object"));
        }
        catch (JsonException fault)
        {
            throw new BadHttpRequestException($"{Wrong}: {WhereOf(fault)} is wrong, missing, unknown or there twice", fault);
        }
        catch (NotSupportedException fault)
        {
            // One of several kinds that does not say which.
            throw new BadHttpRequestException($"{Wrong}: it does not say which kind of request it is", fault);
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new AcceptsMetadata([MediaTypeNames.Application.Json], typeof(T)));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status400BadRequest, typeof(ProblemDetails), [ProblemText.ContentType]));
    }

    // The serializer's own words name types of this program.
    private static string WhereOf(JsonException fault) => $"{fault.Path ?? "$"} in line {fault.LineNumber + 1 ?? 1}, byte {fault.BytePositionInLine + 1 ?? 1},";
}
