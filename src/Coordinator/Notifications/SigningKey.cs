using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Http;

namespace FashionSweep.Coordinator.Notifications;

/// <summary>Signs notifications as Standard Webhooks 1.0 has it. Not a record: it must not be printed.</summary>
internal sealed class SigningKey
{
    // Behind it stands a key in Base64; all else is one as it is.
    private const string EncodedPrefix = "whsec_";

    private const int FewestBytes = 16;

    private readonly byte[] _key;

    private SigningKey(byte[] key) => _key = key;

    /// <summary>Before anything is started.</summary>
    /// <param name="environment">Gives a variable's value.</param>
    /// <exception cref="SweepFileException">The variable that the file names holds no key.</exception>
    public static void Require(SweepFile file, Func<string, string?> environment)
    {
        var faults = new List<string>();
        if (file.Spec.Notify is { Secret: { } variable }) Read(variable, environment, faults);
        if (faults.Count > 0) throw file.FaultAt(["notify", "secret"], $"secret of notify: {faults[0]}");
    }

    /// <param name="faults">Gets what is wrong with it; never the key.</param>
    /// <returns>Null after a fault.</returns>
    public static SigningKey? Read(string variable, Func<string, string?> environment, ICollection<string> faults)
    {
        var before = faults.Count;
        if (SecretVariable.Read(variable, environment, faults) is not { } secret)
        {
            if (faults.Count == before)
                faults.Add($"{variable} is not set here: set it, or {variable}{SecretVariable.FileSuffix} to the path of a file that holds it");
        }
        else if (Decode(secret) is not { } key)
            faults.Add($"{variable} begins with {EncodedPrefix}, so what follows must be Base64");
        else if (key.Length < FewestBytes)
            faults.Add($"{variable} has {key.Length} bytes, must have at least {FewestBytes}: it could be guessed");
        else
            return new SigningKey(key);
        return null;
    }

    /// <returns>What a <c>webhook-signature</c> header holds.</returns>
    public string Sign(string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.");
        byte[] signed = [.. Encoding.UTF8.GetBytes(head), .. body];
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(_key, signed))}";
    }

    private static byte[]? Decode(string secret)
    {
        if (!secret.StartsWith(EncodedPrefix, StringComparison.Ordinal)) return Encoding.UTF8.GetBytes(secret);
        var key = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[EncodedPrefix.Length..], key, out var bytes) ? key[..bytes] : null;
    }
}
