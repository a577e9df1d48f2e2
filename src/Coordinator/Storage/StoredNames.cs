using FashionSweep.Coordinator.Records;
using FashionSweep.Search.Names;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Storage;

/// <summary>Finds what a user names in a store, or says what there is instead.</summary>
public static class StoredNames
{
    /// <param name="name">Null for the latest.</param>
    /// <exception cref="InputException">There is no such sweep.</exception>
    public static SweepRecord Sweep(this ITrialRecords records, IStorePlace place, string? name)
    {
        var sweeps = records.Sweeps();
        if (sweeps.Count == 0)
            throw new InputException(NoSweeps.In(place));
        if (name is null) return sweeps[^1];
        // As it is stored, else as its file writes it.
        var found = sweeps.FirstOrDefault(sweep => sweep.Name == name) ?? sweeps.FirstOrDefault(sweep => sweep.Name == SweepNames.Of(name));
        if (found is not null) return found;
        throw new InputException($"no sweep named {name} in {place}: {Instead(name, [.. sweeps.Select(sweep => sweep.Name)])}");
    }

    /// <param name="name">As <c>quickstart/7</c>; of the latest sweep a number will do.</param>
    /// <exception cref="InputException">There is no such trial.</exception>
    public static TrialRecord Trial(this ITrialRecords records, IStorePlace place, string name)
    {
        if (!TrialId.TryParse(name, out var id) && !TrialId.TryParse($"{records.Sweep(place, null).Name}/{name}", out id))
            throw new InputException($"{name} is no trial's name: it must be SWEEP/NUMBER, as {records.Sweep(place, null).Name}/1");
        if ((records.Find(id) ?? records.Find(id with { Sweep = SweepNames.Of(id.Sweep) })) is { } trial) return trial;
        var sweep = records.Sweep(place, id.Sweep);
        var numbers = records.Trials(sweep.Name).Select(known => known.Spec.Id.Number).ToList();
        throw new InputException(numbers.Count == 0
            ? $"no trial of {sweep.Name} was started yet"
            : $"no trial {id} in {place}: it has {(numbers.Count == 1 ? "1 trial" : $"{numbers.Count} trials")} of {sweep.Name}, "
                + $"{sweep.Name}/{numbers[0]} to {sweep.Name}/{numbers[^1]}");
    }

    private static string Instead(string name, IReadOnlyList<string> known) =>
        Nearest.Of(name, known) is { } meant ? $"did you mean {meant}?" : $"it has {string.Join(", ", known.TakeLast(10))}";
}
