using System.Runtime.CompilerServices;
using FashionSweep.Search.Conditions;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;

namespace FashionSweep.Search.Tests.Field.Space;

/// <summary>
/// Sweep files as people write them, each with what is right in its first comments: <c>trials</c>, how many configurations it tries; <c>adam</c>, how many of
/// adam; <c>all</c>, what holds of each; <c>says</c>, how a notice begins; <c>silent</c>, no notice at all; <c>fault</c>, how its only one begins.
/// </summary>
public sealed class SpaceFieldTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder(), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void IsAsItShouldBe(string name)
    {
        var path = Path.Combine(Folder(), $"{name}.yaml");
        var right = File.ReadLines(path).TakeWhile(line => line.StartsWith("# ", StringComparison.Ordinal)).Select(line => line[2..].Split(": ", 2))
            .ToLookup(pair => pair[0], pair => pair[1]);
        if (right["fault"].FirstOrDefault() is { } fault)
        {
            var told = Should.Throw<SweepFileException>(() => SweepFile.Load(path, Engine.Catalog)).Faults.ShouldHaveSingleItem();
            told.ToString()[(path.Length + 1)..].ShouldStartWith(fault);
            return;
        }
        var spec = SweepFile.Load(path, Engine.Catalog).Spec;
        var trials = TrialPreview.Of(spec).Select(spec.Complete).ToList();
        trials.Count.ShouldBe(int.Parse(right["trials"].Single()));
        foreach (var adam in right["adam"]) trials.Count(trial => trial["optimizer"] == "adam").ShouldBe(int.Parse(adam));
        foreach (var condition in right["all"].Select(text => Condition.Parse(text, Vocabulary.Of(Engine.Catalog))))
            trials.ShouldAllBe(trial => condition.Holds(parameter => trial[parameter]));
        var notices = SweepNotices.Of(spec);
        foreach (var notice in right["says"]) notices.ShouldContain(told => told.StartsWith(notice), string.Join('\n', notices));
        if (right.Contains("silent")) notices.ShouldBeEmpty();
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
