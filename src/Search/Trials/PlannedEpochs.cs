using System.Text.Json;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Trials;

/// <summary>How many epochs a trial is to train, by its parameters.</summary>
public static class PlannedEpochs
{
    private const string Name = "epochs";

    public static int Epochs(this ParameterSet parameters) => parameters[Name] is ParameterValue.Whole { Value: var epochs } ? (int)epochs : 1;

    /// <param name="json">Of the parameters: nothing else of it is read.</param>
    public static int In(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(Name);
            reader.Read();
            if (isIt) return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var epochs) ? (int)epochs : 1;
            reader.Skip();
        }
        return 1;
    }
}
