using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace FashionSweep.Shared.Http;

/// <summary>What lets its bearer in at a coordinator's address. Not a record: it must not be printed with what holds it.</summary>
public sealed class AccessToken
{
    public const string Variable = "FSWEEP_TOKEN";

    /// <summary>Too long to be guessed over a network.</summary>
    public const int FewestCharacters = 16;

    // With this behind its name the variable holds the path of a file with the token, as secrets of containers come.
    private const string FileSuffix = "_FILE";

    private const string Scheme = "Bearer";

    private readonly string _value;
    private readonly byte[] _hash;

    private AccessToken(string value) => (_value, _hash) = (value, Hash(value));

    /// <param name="environment">Gives a variable's value; a token comes from nowhere else.</param>
    /// <param name="faults">Gets what is wrong with it; never the token.</param>
    /// <returns>Null where none is set, or a wrong one.</returns>
    public static AccessToken? Read(Func<string, string?> environment, ICollection<string> faults)
    {
        if (environment(Variable) is { Length: > 0 } value) return Check(Variable, value, faults);
        if (environment(Variable + FileSuffix) is not { Length: > 0 } file) return null;
        try
        {
            return Check(file, File.ReadAllText(file).TrimEnd('\r', '\n'), faults);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{Variable}{FileSuffix} is {file}: {fault.Message}");
            return null;
        }
    }

    public AuthenticationHeaderValue ToHeader() => new(Scheme, _value);

    /// <summary>Whether the value of an <c>Authorization</c> header holds this token. Takes as long for a near miss as for any other.</summary>
    public bool IsIn(string? header) =>
        AuthenticationHeaderValue.TryParse(header, out var given) && given.Scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Hash(given.Parameter ?? ""), _hash);

    private static AccessToken? Check(string place, string value, ICollection<string> faults)
    {
        if (value.Length < FewestCharacters) faults.Add($"{place}: the token has {value.Length} characters, must have at least {FewestCharacters}");
        else if (value.Any(character => character is <= ' ' or > '~'))
            faults.Add($"{place}: the token has a blank or a letter outside ASCII, which no header can hold");
        else return new AccessToken(value);
        return null;
    }

    // Hashes have one length, so that the time to compare them says nothing of the token's.
    private static byte[] Hash(string value) => SHA256.HashData(Encoding.UTF8.GetBytes(value));
}
