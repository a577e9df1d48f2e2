namespace FashionSweep.Shared.Http;

/// <summary>Secrets come from the environment, or from files that it names: every list of processes shows a command line.</summary>
public static class SecretVariable
{
    /// <summary>Behind its name a variable holds the path of a file with the value, as secrets of containers come.</summary>
    public const string FileSuffix = "_FILE";

    /// <param name="environment">Gives a variable's value.</param>
    /// <param name="faults">Gets what is wrong with the file.</param>
    /// <returns>Null where there is none.</returns>
    public static string? Read(string variable, Func<string, string?> environment, ICollection<string> faults)
    {
        if (environment(variable) is { Length: > 0 } value) return value;
        if (environment(variable + FileSuffix) is not { Length: > 0 } file) return null;
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n') is { Length: > 0 } text ? text : throw new IOException("the file is empty");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{variable}{FileSuffix} is {file}: {exception.Message}");
            return null;
        }
    }
}
