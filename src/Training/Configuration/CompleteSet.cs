using FashionSweep.Shared.Trials;

namespace FashionSweep.Training.Configuration;

/// <summary>Values of a complete set whose rules have been checked, by their types.</summary>
internal static class CompleteSet
{
    public static string Text(this ParameterSet complete, string name) => ((ParameterValue.Text)complete[name]!).Value;

    public static bool Flag(this ParameterSet complete, string name) => ((ParameterValue.Flag)complete[name]!).Value;

    public static long Long(this ParameterSet complete, string name) => ((ParameterValue.Whole)complete[name]!).Value;

    public static int Whole(this ParameterSet complete, string name) => (int)complete.Long(name);

    public static double Number(this ParameterSet complete, string name) => complete[name] switch
    {
        ParameterValue.Whole whole => whole.Value,
        ParameterValue.Real real => real.Value,
        var other => throw new InvalidOperationException($"{name} is {other}, no number."),
    };

    /// <summary>Of an enum whose names are the values' without their underscores.</summary>
    public static TEnum Choice<TEnum>(this ParameterSet complete, string name)
        where TEnum : struct, Enum => Enum.Parse<TEnum>(complete.Text(name).Replace("_", ""), ignoreCase: true);
}
