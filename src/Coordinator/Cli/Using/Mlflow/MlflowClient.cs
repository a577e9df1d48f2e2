using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FashionSweep.Shared.Faults;

namespace FashionSweep.Coordinator.Cli.Using.Mlflow;

/// <summary>As much of MLflow's REST API 2.0 as it takes to write runs.</summary>
/// <exception cref="MlflowException">From every member: the server can't be reached, or turns it down.</exception>
internal sealed class MlflowClient : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly HttpClient _http;

    /// <param name="variable">The environment, for the secrets by which MLflow's own clients are let in.</param>
    /// <exception cref="InputException">A secret would be read on its way.</exception>
    public MlflowClient(Uri server, Func<string, string?> variable)
    {
        _http = new HttpClient { BaseAddress = new Uri(server.AbsoluteUri.TrimEnd('/') + "/api/2.0/mlflow/"), Timeout = TimeSpan.FromSeconds(60) };
        _http.DefaultRequestHeaders.Authorization = SecretIn(variable);
        if (_http.DefaultRequestHeaders.Authorization is not null && server.Scheme == Uri.UriSchemeHttp && !server.IsLoopback)
            throw new InputException($"--mlflow is {server}, must be https where MLFLOW_TRACKING_TOKEN or a password is set: it would go unencrypted");
    }

    /// <summary>The experiment of this name, which is made where there is none.</summary>
    public async Task<string> ExperimentAsync(string name, CancellationToken stop)
    {
        var found = await SendAsync(
            () => _http.GetAsync($"experiments/get-by-name?experiment_name={Uri.EscapeDataString(name)}", stop), HttpStatusCode.NotFound, stop);
        if (found is { } experiment) return experiment.GetProperty("experiment").GetProperty("experiment_id").GetString()!;
        return (await PostAsync("experiments/create", new { Name = name }, stop)).GetProperty("experiment_id").GetString()!;
    }

    /// <returns>The run's id.</returns>
    public async Task<string> StartAsync(string experiment, string name, DateTimeOffset at, IReadOnlyList<MlflowTag> tags, CancellationToken stop)
    {
        var run = await PostAsync("runs/create", new { ExperimentId = experiment, RunName = name, StartTime = at.ToUnixTimeMilliseconds(), Tags = tags }, stop);
        return run.GetProperty("run").GetProperty("info").GetProperty("run_id").GetString()!;
    }

    public Task LogAsync(string run, MlflowBatch batch, CancellationToken stop) =>
        PostAsync("runs/log-batch", new { RunId = run, batch.Metrics, batch.Params }, stop);

    /// <param name="status">As <c>FINISHED</c>.</param>
    public Task EndAsync(string run, string status, DateTimeOffset at, CancellationToken stop) =>
        PostAsync("runs/update", new { RunId = run, Status = status, EndTime = at.ToUnixTimeMilliseconds() }, stop);

    public void Dispose() => _http.Dispose();

    private static AuthenticationHeaderValue? SecretIn(Func<string, string?> variable)
    {
        if (variable("MLFLOW_TRACKING_TOKEN") is { Length: > 0 } token) return new AuthenticationHeaderValue("Bearer", token);
        return variable("MLFLOW_TRACKING_USERNAME") is { Length: > 0 } user
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{variable("MLFLOW_TRACKING_PASSWORD")}")))
            : null;
    }

    private async Task<JsonElement> PostAsync<T>(string path, T body, CancellationToken stop) =>
        await SendAsync(() => _http.PostAsJsonAsync(path, body, Json, stop), HttpStatusCode.OK, stop) ?? default;

    // Null where it is answered as it may be.
    private async Task<JsonElement?> SendAsync(Func<Task<HttpResponseMessage>> send, HttpStatusCode allowed, CancellationToken stop)
    {
        try
        {
            using var answer = await send();
            if (answer.IsSuccessStatusCode) return await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
            if (answer.StatusCode == allowed) return null;
            throw new MlflowException($"{_http.BaseAddress} answers {(int)answer.StatusCode} {answer.ReasonPhrase}: {await Why(answer, stop)}");
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException || (fault is OperationCanceledException && !stop.IsCancellationRequested))
        {
            throw new MlflowException($"{_http.BaseAddress} can't be spoken with: {fault.Message}", fault);
        }
    }

    private static async Task<string> Why(HttpResponseMessage answer, CancellationToken stop)
    {
        const int Most = 300;
        var text = await answer.Content.ReadAsStringAsync(stop);
        return text.Length <= Most ? text : text[..Most];
    }
}

/// <summary>MLflow can't be written to; says why.</summary>
internal sealed class MlflowException(string message, Exception? inner = null) : UserException(message, inner);
