namespace FashionSweep.Shared.Transport.RabbitMq;

/// <summary>A user of the broker. Not a record: the password must not be printed with it.</summary>
public sealed class BrokerCredentials(string user, string password)
{
    public const string UserVariable = "FSWEEP_BROKER_USER";
    public const string PasswordVariable = "FSWEEP_BROKER_PASSWORD";

    public string User => user;

    internal string Password => password;

    public override string ToString() => user;

    internal static BrokerCredentials? Read(Func<string, string?> environment, bool isLoopback, List<string> faults)
    {
        var known = faults.Count;
        var user = SecretVariable.Read(UserVariable, environment, faults);
        var password = SecretVariable.Read(PasswordVariable, environment, faults);
        if (user is not null && password is not null) return new BrokerCredentials(user, password);
        // The broker's own default, which it lets in from its own machine only.
        if (user is null && password is null && isLoopback) return new BrokerCredentials("guest", "guest");
        // What names a file that can't be read is set.
        if (faults.Count > known) return null;
        var missing = (user, password) switch
        {
            (null, null) => $"{UserVariable} and {PasswordVariable} are",
            (null, _) => $"{UserVariable} is",
            _ => $"{PasswordVariable} is",
        };
        faults.Add($"{missing} not set (or with {SecretVariable.FileSuffix} behind the name, to the path of a file that holds it)");
        return null;
    }
}
