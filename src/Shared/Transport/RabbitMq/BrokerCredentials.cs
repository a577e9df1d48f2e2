namespace FashionSweep.Shared.Transport.RabbitMq;

/// <summary>A user of the broker. Not a record: the password must not be printed with it.</summary>
public sealed class BrokerCredentials(string user, string password)
{
    public const string UserVariable = "FSWEEP_BROKER_USER";
    public const string PasswordVariable = "FSWEEP_BROKER_PASSWORD";

    // With this behind its name a variable holds the path of a file with the value, as secrets of containers come.
    private const string FileSuffix = "_FILE";

    public string User => user;

    internal string Password => password;

    public override string ToString() => user;

    internal static BrokerCredentials? Read(Func<string, string?> environment, bool isLoopback, List<string> faults)
    {
        var user = Value(UserVariable, environment, faults);
        var password = Value(PasswordVariable, environment, faults);
        if (user is not null && password is not null) return new BrokerCredentials(user, password);
        // The broker's own default, which it lets in from its own machine only.
        if (user is null && password is null && isLoopback) return new BrokerCredentials("guest", "guest");
        var missing = (user, password) switch { (null, null) => $"{UserVariable} and {PasswordVariable} are", (null, _) => $"{UserVariable} is", _ => $"{PasswordVariable} is" };
        faults.Add($"{missing} not set (or with {FileSuffix} behind the name, to the path of a file that holds it)");
        return null;
    }

    private static string? Value(string variable, Func<string, string?> environment, List<string> faults)
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
