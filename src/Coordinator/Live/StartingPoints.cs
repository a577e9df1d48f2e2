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
    public static IEnumerable<string> FilesIn(SweepSpec spec) => ValuesIn(spec).Where(IsFile);

    /// <summary>Looks before anything starts whether all that a sweep starts from is there and whole.</summary>
    /// <param name="path">Of the sweep file: paths in it are relative to its folder.</param>
    /// <exception cref="SweepFileException">Holds what is not, each at its place.</exception>
    public static void Check(SweepFile file, string path, IStorePlace place, CancellationToken stop)
    {
        var faults = ValuesIn(file.Spec).Select(value => (value, Fault: FindFault(value, path, place, stop)))
            .Where(found => found.Fault is not null)
            .Select(found => (found.value, $"{Parameter} is {found.value}: {found.Fault}"))
            .ToList();
        if (faults.Count > 0) throw file.FaultsOf(Parameter, faults);
    }

    /// <param name="file">The sweep file: paths are relative to its folder.</param>
    /// <exception cref="InputException">A trial has no checkpoint, or a file can't be read.</exception>
    public static SweepSpec Resolve(SweepSpec spec, string file, ITrialStore store, StoreFolder folder)
    {
        if (!ValuesIn(spec).Any()) return spec;
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
                if (IsFile(name)) return new CheckpointFolder(folder.Checkpoints).Import(BesideFile(file, name)).Sha256;
                return ReadOrThrow(CheckpointOf(name, store, folder).Sha256);
            }
            catch (Exception fault) when (fault is InputException or CheckpointException or IOException or UnauthorizedAccessException)
            {
                throw new InputException($"{file}: {Parameter} is {name}: {fault.Message}", fault);
            }
        }

        ParameterValue ReadOrThrow(string sha256)
        {
            var checkpoint = new Checkpoint(sha256, Bytes: 0);
            folder.PutBack(checkpoint);
            new CheckpointFolder(folder.Checkpoints).Read(checkpoint);
            return sha256;
        }
    }

    private static IEnumerable<string> ValuesIn(SweepSpec spec) => spec.Parameters
        .Where(parameter => parameter.Name == Parameter)
        .SelectMany(parameter => parameter.Domain switch
        {
            SearchDomain.Constant constant => [constant.Value],
            SearchDomain.Choices choices => choices.Values,
            _ => Enumerable.Empty<ParameterValue>(),
        })
        .Select(value => value.ToString()!).Where(value => value != "none").Distinct();

    private static string? FindFault(string value, string path, IStorePlace place, CancellationToken stop)
    {
        try
        {
            if (IsFile(value)) SafetensorsFile.Read(BesideFile(path, value));
            else Read(Checkpoint.IsSha256(value) ? new Checkpoint(value, Bytes: 0) : CheckpointOf(value, place, stop), place, stop);
            return null;
        }
        catch (Exception fault) when (fault is UserException or IOException or UnauthorizedAccessException)
        {
            return fault.Message;
        }
    }

    private static Checkpoint CheckpointOf(string trial, IStorePlace place, CancellationToken stop)
    {
        using var records = place.Open(stop);
        return CheckpointOf(trial, records, place);
    }

    private static Checkpoint CheckpointOf(string trial, ITrialRecords records, IStorePlace place) =>
        records.Trial(place, trial).Result?.Checkpoint ?? throw new InputException($"trial {trial} has no checkpoint: it must be completed");

    private static void Read(Checkpoint checkpoint, IStorePlace place, CancellationToken stop)
    {
        using var held = place.Hold(checkpoint, stop) ?? throw new InputException($"there is no checkpoint {checkpoint.Sha256} in {place}");
        held.Folder.Read(checkpoint);
    }

    private static string BesideFile(string path, string value) => Path.Combine(Path.GetDirectoryName(path) ?? "", value);

    private static bool IsFile(string name) => name.EndsWith(".safetensors", StringComparison.Ordinal);
}
