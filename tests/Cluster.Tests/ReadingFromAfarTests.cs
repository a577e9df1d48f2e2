using System.Diagnostics;
using FashionSweep.EndToEnd.Tests;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Cluster.Tests;

/// <summary>Who has nothing but the coordinator's address, its authority and the token reads all that is read on the coordinator's own machine.</summary>
public sealed class ReadingFromAfarTests(SecuredCluster secured) : IClassFixture<SecuredCluster>, IDisposable
{
    private readonly Fsweep _laptop = new();
    private readonly LiveCluster _cluster = secured.Cluster;
    private readonly string _address = secured.Address;

    public void Dispose() => _laptop.Dispose();

    [Fact]
    public async Task WhatIsReadFromAfarIsToTheByteWhatIsReadOnTheSpot()
    {
        ShouldFail(Far(_address, "leaderboard"), 2, $"fsweep: {_address}: no sweeps here yet: start one with ./fsweep submit sweeps/quickstart.yaml");
        await TrainAsync("one", Sweeps.One(epochs: 2));
        await TrainAsync("two", $"{Sweeps.One(epochs: 1, "two")}\n  start_from: one/1");

        foreach (var verb in new[]
        {
            "leaderboard one", "leaderboard --format json", "show one/1", "show 1 --format json", "status one --format json", "evaluate two/1",
        })
        {
            var (near, far) = (_cluster.Fsweep.Call(verb.Split(' ')), Far(_address, verb));
            near.ExitCode.ShouldBe(0, near.ToString());
            far.ShouldBe(near with { Output = SeenFrom(_address, near.Output) }, verb);
        }
        // It begins with the weights of another trial, which are the coordinator's as well.
        Far(_address, "reproduce two/1").ShouldSatisfyAllConditions(
            ran => ran.ExitCode.ShouldBe(0, ran.ToString()),
            ran => ran.Output.ShouldContain("two/1: same bits."));
        _cluster.Fsweep.Run("reproduce", "two/1").Output.ShouldContain("two/1: same bits.");
        Directory.EnumerateFileSystemEntries(_laptop.Folder).ShouldBeEmpty();
    }

    [Fact]
    public void WhoIsNotLetInIsToldWhy()
    {
        ShouldFail(
            Far(_address, "leaderboard", token: "another-token-altogether"), 1,
            $"fsweep: the coordinator at {_address} refuses the token of FSWEEP_TOKEN: it has another");
        ShouldFail(Far(_address, "leaderboard", token: "short"), 2, "fsweep: FSWEEP_TOKEN: the token has 5 characters, must have at least 16");
        ShouldFail(
            Far(_address, "leaderboard", authority: null), 1,
            "is signed by CN=authority, which is not trusted here: give the PEM file of its authority with --authority");
        ShouldFail(Far("https://127.0.0.1:1", "show one/1"), 1, "fsweep: nobody listens at https://127.0.0.1:1 (a coordinator does with --listen)");
    }

    private async Task TrainAsync(string name, string sweep)
    {
        await _cluster.SubmitAsync(_cluster.Fsweep.Write($"{name}.yaml", sweep));
        await _cluster.EndsAsync(name);
    }

    private Fsweep.Ran Far(string address, string verb, string token = SecuredCluster.Token) =>
        Far(address, verb, secured.Certificates.Authority, token);

    private Fsweep.Ran Far(string address, string verb, string? authority, string token = SecuredCluster.Token)
    {
        var command = _laptop.Command(Fsweep.Program, [.. verb.Split(' '), .. authority is null ? [] : (string[])["--authority", authority]]);
        (command.Environment["FSWEEP_COORDINATOR"], command.Environment["FSWEEP_TOKEN"]) = (address, token);
        using var running = new Fsweep.Running(Process.Start(command)!);
        return running.WaitForEnd();
    }

    // A path on the coordinator's machine is of no use elsewhere: a checkpoint has an address instead.
    private string SeenFrom(string address, string output)
    {
        foreach (var trial in new[] { new TrialId("one", 1), new TrialId("two", 1) })
        {
            var checkpoint = _cluster.Read(store => store.Find(trial))!.Result!.Checkpoint;
            output = output.Replace(
                Path.Combine(_cluster.Fsweep.Store, "checkpoints", checkpoint.FileName), $"{address}/v1/checkpoints/{checkpoint.Sha256}",
                StringComparison.Ordinal);
        }
        return output;
    }

    private static void ShouldFail(Fsweep.Ran ran, int exitCode, string words)
    {
        ran.ExitCode.ShouldBe(exitCode, ran.ToString());
        ran.Errors.ShouldContain(words);
        ran.Errors.ShouldNotContain("   at ");
    }
}
