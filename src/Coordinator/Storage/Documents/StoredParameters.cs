using System.Buffers.Binary;
using System.Text.Json;
using FashionSweep.Shared.Trials;
using LiteDB;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace FashionSweep.Coordinator.Storage.Documents;

/// <summary>The parameters of a trial as they are stored: in what they are others than those of the first trial of its sweep, for most are the same.</summary>
/// <param name="Fingerprint">Of all of them.</param>
/// <param name="Others">What is another there, or not there at all, as JSON: trials that are read so share the values that they have in common.</param>
/// <param name="Without">The names of those that are there alone.</param>
internal sealed record StoredParameters(byte[] Fingerprint, string Others, BsonArray Without)
{
    private static readonly JsonSerializerOptions Plain = JsonSerializerOptions.Default;

    public static StoredParameters Of(StoredSweep sweep, ParameterSet parameters)
    {
        var fingerprint = new byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(fingerprint, Search.Trials.Fingerprint.Of(parameters));
        var different = parameters.DifferentIn(sweep.Parameters!).ToLookup(name => parameters[name] is not null);
        var others = new ParameterSet(different[true].Select(name => KeyValuePair.Create(name, parameters[name]!)));
        return new StoredParameters(
            fingerprint, JsonSerializer.Serialize(others, Plain), new BsonArray(different[false].Select(name => new BsonValue(name))));
    }

    public static StoredParameters Read(BsonDocument trial) =>
        new(trial["fingerprint"].AsBinary, trial["parameters"].AsString, trial["without"] is { IsArray: true } without ? without.AsArray : []);

    public ParameterSet In(StoredSweep sweep)
    {
        var all = sweep.Parameters!.With(JsonSerializer.Deserialize<ParameterSet>(Others, Plain)!);
        if (Without.Count == 0) return all;
        var without = Without.Select(name => name.AsString).ToHashSet();
        return new ParameterSet(all.Where(parameter => !without.Contains(parameter.Key)));
    }
}
