using System.Net;
using System.Security.Authentication;
using FashionSweep.Shared.Http;

namespace FashionSweep.TrainerNode;

/// <summary>Asks the coordinator, before anything is trained for it, whether it will take what comes out.</summary>
internal static class CoordinatorCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Returns as well where it is away: it may come.</summary>
    /// <exception cref="StartException">It refuses the token, or is not trusted.</exception>
    public static async Task RunAsync(CoordinatorAddress coordinator, CancellationToken cancel)
    {
        using var http = coordinator.Connect();
        http.Timeout = Patience;
        try
        {
            using var answer = await http.GetAsync(new Uri("v1/status", UriKind.Relative), cancel).ConfigureAwait(false);
            if (answer.StatusCode is HttpStatusCode.Unauthorized) throw new StartException(coordinator.Explain(answer.StatusCode, said: null));
        }
        catch (HttpRequestException fault) when (fault.InnerException is AuthenticationException)
        {
            throw new StartException(coordinator.Explain(fault));
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            // Checkpoints wait for it, and say so.
        }
    }
}
