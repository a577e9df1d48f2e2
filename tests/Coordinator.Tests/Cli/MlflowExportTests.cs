using FashionSweep.Coordinator.Cli.Using.Mlflow;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class MlflowExportTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ASweepIsAnExperimentAndEachTrialThatHasEndedARun()
    {
        await using var server = await FakeMlflow.StartAsync();
        using var store = new InMemoryStore();
        store.Add(Sweep());
        store.Append([Started(Lease(1)), Ended(Lease(1), Epoch(1)), Ended(Lease(1), Epoch(2)), Completed(Lease(1))]);
        store.Append([Started(Lease(2)), Failed(Lease(2)), Started(Lease(3))]);
        using var client = new MlflowClient(server.Address, name => name == "MLFLOW_TRACKING_TOKEN" ? "secret" : null);

        var runs = await new MlflowExport(client, store).WriteAsync(Sweep(), _ => { }, Stop);

        runs.ShouldBe(2);
        server.Authorizations.ShouldAllBe(header => header == "Bearer secret");
        var calls = server.Calls.ToList();
        calls.Count(call => call.Path == "runs/create").ShouldBe(2);
        calls.Single(call => call.Path == "experiments/create").Body.GetProperty("name").GetString().ShouldBe("quick");
        var metrics = calls.Where(call => call.Path == "runs/log-batch").SelectMany(call => call.Body.GetProperty("metrics").EnumerateArray()).ToList();
        metrics.Count(metric => metric.GetProperty("key").GetString() == "validation_accuracy").ShouldBe(2);
        metrics.Single(metric => metric.GetProperty("key").GetString() == "test_accuracy").GetProperty("value").GetDouble().ShouldBe(0.78, 1e-9);
        calls.Where(call => call.Path == "runs/update").Select(call => call.Body.GetProperty("status").GetString()).ShouldBe(["FINISHED", "FAILED"]);
    }

    [Fact]
    public async Task LongTrialsComeInAsManyBatchesAsTheServerTakes()
    {
        await using var server = await FakeMlflow.StartAsync();
        using var client = new MlflowClient(server.Address, _ => null);
        var trial = new TrialRecord(Spec(1), TrialState.Completed, 1, Node, Start, At(5), null, Result(), null);

        foreach (var batch in MlflowBatch.Of(trial, [.. Enumerable.Range(1, 700).Select(epoch => Epoch(epoch, loss: double.NaN))]))
            await client.LogAsync("run", batch, Stop);

        server.Calls.Sum(call => call.Body.GetProperty("metrics").GetArrayLength()).ShouldBe(2802);
        server.Calls.Sum(call => call.Body.GetProperty("params").GetArrayLength()).ShouldBe(trial.Spec.Parameters.Count);
    }

    [Fact]
    public async Task WhatIsTurnedDownIsSaid()
    {
        await using var server = await FakeMlflow.StartAsync();
        using var client = new MlflowClient(server.Address, _ => null);
        var many = Enumerable.Range(0, 1001).Select(step => new MlflowMetric("loss", 1, 0, step)).ToList();

        var fault = await Should.ThrowAsync<MlflowException>(() => client.LogAsync("run", new MlflowBatch(many, []), Stop));
        fault.Message.ShouldContain("answers 400");
        fault.Message.ShouldContain("more than 1000 metrics");
        Should.Throw<InputException>(() => new MlflowClient(new Uri("http://mlflow.example"), _ => "secret")).Message.ShouldContain("must be https");
        using var nobody = new MlflowClient(new Uri("http://127.0.0.1:1"), _ => null);
        (await Should.ThrowAsync<MlflowException>(() => nobody.ExperimentAsync("quick", Stop))).Message.ShouldContain("can't be spoken with");
    }
}
