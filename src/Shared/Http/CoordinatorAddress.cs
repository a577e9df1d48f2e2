using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using FashionSweep.Shared.Faults;

namespace FashionSweep.Shared.Http;

/// <summary>Where a coordinator listens and how to be let in. Made by <see cref="Parse"/>, which checks all of it.</summary>
/// <param name="Uri">http or https, with a path of its own at most where a proxy stands before the coordinator; ends on a slash.</param>
/// <param name="Authority">PEM file of who signed its certificate; null: those that the machine trusts.</param>
public sealed record CoordinatorAddress(Uri Uri, AccessToken? Token = null, string? Authority = null)
{
    /// <summary>Of the environment: <see cref="Authority"/>, where it is not given otherwise and the address is https.</summary>
    public const string AuthorityVariable = "FSWEEP_AUTHORITY";

    private const string Option = "--coordinator";

    /// <param name="insecure">Allows a coordinator on another machine without encryption or token.</param>
    /// <param name="environment">Gives a variable's value.</param>
    /// <param name="subject">What the address was given as: the option, or the variable.</param>
    /// <exception cref="AddressException">Names every fault, one a line.</exception>
    public static CoordinatorAddress Parse(string coordinator, string? authority, bool insecure, Func<string, string?> environment, string subject = Option)
    {
        var faults = new List<string>();
        var token = AccessToken.Read(environment, faults);
        var hasWrongToken = faults.Count > 0;
        var uri = Check(coordinator, subject, faults);
        if (uri?.Scheme == Uri.UriSchemeHttps && environment(AuthorityVariable) is { Length: > 0 } known) authority ??= known;
        if (uri is { IsLoopback: false } && !insecure)
        {
            if (uri.Scheme == Uri.UriSchemeHttp)
                faults.Add($"{subject} is http://{uri.Host}, which is not encrypted and on another machine: use https://, or allow it with --insecure");
            if (token is null && !hasWrongToken)
                faults.Add($"{subject} is on another machine, which asks for a token: set {AccessToken.Variable}, "
                    + $"or {AccessToken.Variable}_FILE to the path of a file that holds it");
        }
        if (authority is not null && uri?.Scheme == Uri.UriSchemeHttp) faults.Add($"{subject} is http://{uri.Host}, but an authority is for https://");
        if (authority is not null && !File.Exists(authority)) faults.Add($"{authority}: there is no such file");
        return faults.Count > 0 ? throw new AddressException(string.Join('\n', faults)) : new CoordinatorAddress(uri!, token, authority);
    }

    /// <summary>A client for it, without a limit of time of its own. A certificate that is not trusted ends a request with the reason.</summary>
    /// <param name="patience">For a connection to stand, with its TLS: 5 s unless given.</param>
    public HttpClient Connect(TimeSpan? patience = null)
    {
        var trust = new ServerTrust(Uri.IdnHost, Authority, $"--authority or {AuthorityVariable}");
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false };
        handler.ConnectTimeout = patience ?? TimeSpan.FromSeconds(5);
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => trust.Check(certificate, chain, errors);
        var client = new HttpClient(handler) { BaseAddress = Uri, Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = Token?.ToHeader();
        return client;
    }

    /// <summary>Says what is wrong with the way to it.</summary>
    /// <param name="fault">What a request threw.</param>
    public string Explain(Exception fault) => Cause(fault) switch
    {
        AuthenticationException distrusted => $"no trusted connection to {this}: {distrusted.Message}",
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => $"nobody listens at {this} (a coordinator does with --listen)",
        SocketException unreachable => $"{this} can't be reached: {unreachable.Message}",
        OperationCanceledException or TimeoutException => $"the coordinator at {this} does not answer",
        var other => $"the connection to {this} broke: {other.Message}",
    };

    /// <summary>Says why it answered so.</summary>
    /// <param name="said">Its own words, where it gave any.</param>
    public string Explain(HttpStatusCode status, string? said) => status switch
    {
        HttpStatusCode.Unauthorized when Token is null => $"the coordinator at {this} asks for a token: set {AccessToken.Variable}",
        HttpStatusCode.Unauthorized => $"the coordinator at {this} refuses the token of {AccessToken.Variable}: it has another",
        _ => $"the coordinator at {this} says: {said ?? $"{(int)status} {status}"}",
    };

    public override string ToString() => Uri.GetLeftPart(UriPartial.Authority);

    private static Uri? Check(string coordinator, string subject, List<string> faults)
    {
        if (!Uri.TryCreate(coordinator.EndsWith('/') ? coordinator : $"{coordinator}/", UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
            // Not repeated: what doesn't parse may hold a secret all the same.
            faults.Add($"{subject} must be an address such as https://sweeps.example.org:8443");
        else if (uri.UserInfo.Length > 0)
            // Not repeated: every list of processes shows it as it is.
            faults.Add($"{subject} has credentials in it, where every list of processes shows them: set {AccessToken.Variable}");
        else if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            faults.Add($"{subject} is '{coordinator}', must end with its path");
        else
            return uri;
        return null;
    }

    private static Exception Cause(Exception fault)
    {
        for (var cause = fault; ; cause = cause.InnerException)
            if (cause is AuthenticationException or SocketException or OperationCanceledException || cause.InnerException is null) return cause;
    }
}

/// <summary>The address of a coordinator can't be used as it was given; the text says why, and what to do.</summary>
public sealed class AddressException(string message) : UserException(message)
{
    public override bool IsWrongInput => true;
}
