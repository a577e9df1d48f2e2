using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FashionSweep.Coordinator.Web;

/// <summary>A web server that keeps to itself: it says nothing on the console, and leaves settings, signals and environment alone.</summary>
internal static class QuietWeb
{
    // An answer on its way still gets to whoever asked.
    private static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(2);

    /// <param name="listen">Says where, and how much it takes.</param>
    public static WebApplication Build(Action<KestrelServerOptions> listen, Action<WebApplicationBuilder>? further = null)
    {
        // An empty builder reads no settings and logs nothing.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.ConfigureHttpJsonOptions(json => ControlJson.Set(json.SerializerOptions));
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LastAnswers);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            listen(kestrel);
        });
        further?.Invoke(builder);
        return builder.Build();
    }

    /// <summary>The command line alone says what Ctrl-C means; the usual lifetime would take it.</summary>
    internal sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
