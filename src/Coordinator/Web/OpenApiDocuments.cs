using System.Text.Json.Nodes;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace FashionSweep.Coordinator.Web;

/// <summary>Describes routes in OpenAPI, with services of its own: those of the listener need not know of it.</summary>
internal static class OpenApiDocuments
{
    private const string Name = "v1";

    public static async Task<string> MakeAsync(IEndpointRouteBuilder routes, string title)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddRoutingCore().AddOpenApi(Name, options => Describe(options, title));
        services.AddSingleton<EndpointDataSource>(new CompositeEndpointDataSource(routes.DataSources));
        services.AddSingleton(routes.ServiceProvider.GetRequiredService<IHostEnvironment>());
        services.AddSingleton(routes.ServiceProvider.GetRequiredService<IOptions<JsonOptions>>());
        await using var provider = services.BuildServiceProvider();
        var document = await provider.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync();
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
    }

    private static void Describe(OpenApiOptions options, string title)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = title,
                Version = Release.Version,
                Description = "Asked with `Authorization: Bearer TOKEN` where there is one. What is turned down is answered with problem details (RFC 9457).",
            };
            return Task.CompletedTask;
        });
        // These have a form of their own in JSON.
        options.AddSchemaTransformer((schema, context, _) =>
        {
            var type = context.JsonTypeInfo.Type;
            if (type == typeof(TrialId)) (schema.Type, schema.Examples) = (JsonSchemaType.String, [JsonValue.Create("quickstart/17")]);
            else if (type == typeof(NodeId)) schema.Type = JsonSchemaType.String;
            else if (type == typeof(ParameterSet)) schema.Type = JsonSchemaType.Object;
            return Task.CompletedTask;
        });
    }
}
