using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Coordinator.Live;

/// <summary>
/// Puts the checkpoint's SHA-256 in the place of each trial or file that a sweep starts from: a record must say it for ever, and nodes know
/// checkpoints by nothing else.
/// </summary>
internal static class StartingPoints
{
    public const string Parameter = "start_from";

    /// <summary>The paths among them.</summary>
    public static IEnumerable<string> FilesIn(SweepSpec spec) => spec.Parameters
        .Where(parameter => parameter.Name == Parameter)
        .SelectMany(parameter => parameter.Domain switch
        {
            SearchDomain.Constant constant => [constant.Value],
            SearchDomain.Choices choices => choices.Values,
            _ => Enumerable.Empty<ParameterValue>(),
        })
        .Select(value => value.ToString()!).Where(IsFile);

    /// <param name="file">The sweep file: paths are relative to its folder.</param>
    /// <exception cref="InputException">A trial has no checkpoint, or a file can't be read.</exception>
    public static SweepSpec Resolve(SweepSpec spec, string file, ITrialStore store, StoreFolder folder)
    {
        IEnumerable<SearchParameter> resolved = spec.Parameters.Select(
            parameter => parameter.Name == Parameter ? parameter with { Domain = ResolveDomain(parameter.Domain) } : parameter);
        return spec with { Space = new SearchSpace(spec.Catalog, [.. resolved], spec.Space.Constraints) };

        SearchDomain ResolveDomain(SearchDomain domain) => domain switch
        {
            SearchDomain.Constant constant => new SearchDomain.Constant(ResolveValue(constant.Value)),
            SearchDomain.Choices choices => new SearchDomain.Choices([.. choices.Values.Select(ResolveValue)]),
            _ => domain,
        };

        ParameterValue ResolveValue(ParameterValue value)
        {
            var name = value.ToString()!;
            if (name == "none") return name;
            try
            {
                if (Checkpoint.IsSha256(name)) return ReadOrThrow(name);
                if (IsFile(name))
                    return new CheckpointFolder(folder.Checkpoints).Import(Path.Combine(Path.GetDirectoryName(file) ?? "", name)).Sha256;
                return store.Trial(folder, name).Result?.Checkpoint.Sha256 ?? throw new InputException($"trial {name} has no checkpoint: it must be completed");
            }
            catch (Exception fault) when (fault is InputException or CheckpointException or IOException or UnauthorizedAccessException)
            {
                throw new InputException($"{file}: {Parameter} is {name}: {fault.Message}", fault);
            }
        }

        ParameterValue ReadOrThrow(string sha256)
        {
            new CheckpointFolder(folder.Checkpoints).Read(new Checkpoint(sha256, Bytes: 0));
            return sha256;
        }
    }

    private static bool IsFile(string name) => name.EndsWith(".safetensors", StringComparison.Ordinal);
}
