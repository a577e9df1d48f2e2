using FashionSweep.Search.Conditions;
using FashionSweep.Search.Names;
using FashionSweep.Search.Sweeps.Yaml;

namespace FashionSweep.Search.Sweeps;

/// <summary>Reads a condition that is written as an expression over parameters.</summary>
internal static class ConditionReader
{
    /// <param name="subject">What has the condition, as <c>when of momentum</c>.</param>
    /// <returns>Null after a fault.</returns>
    public static Condition? Read(YamlValue.Scalar scalar, string subject, Vocabulary vocabulary, FaultLog faults)
    {
        try
        {
            return Condition.Parse(scalar.Text, vocabulary);
        }
        catch (ConditionException fault)
        {
            faults.Add(scalar.At, $"{subject}: {fault.Fault} (column {fault.Column} of \"{Printable.Short(scalar.Text)}\")");
            return null;
        }
    }
}
