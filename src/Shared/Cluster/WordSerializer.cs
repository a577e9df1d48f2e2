using System.Globalization;
using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Serialization;
using FashionSweep.Shared.Links;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Shared.Cluster;

/// <summary>
/// The words of links as JSON. A manifest is a direction and the protocol's version, and names no type. What can't be read becomes an
/// <see cref="Unreadable"/>: a connection stands, whatever comes over it.
/// </summary>
internal sealed class WordSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private const string FromNode = "n";
    private const string FromCoordinator = "c";

    // Of every version: its bytes are a text.
    private const string Refused = "refused";

    public override int Identifier => 7301;

    public override string Manifest(object o) => o switch
    {
        CoordinatorWord.Refused => Refused,
        NodeWord => Versioned(FromNode),
        CoordinatorWord => Versioned(FromCoordinator),
        _ => throw new SerializationException($"{o.GetType().Name} is no word of a link."),
    };

    public override byte[] ToBinary(object obj)
    {
        try
        {
            return obj switch
            {
                CoordinatorWord.Refused refused => Encoding.UTF8.GetBytes(refused.Reason),
                NodeWord word => WordFormat.Encode(word),
                CoordinatorWord word => WordFormat.Encode(word),
                _ => throw new SerializationException($"{obj.GetType().Name} is no word of a link."),
            };
        }
        catch (WireException fault)
        {
            throw new SerializationException(fault.Message, fault);
        }
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        try
        {
            return manifest switch
            {
                Refused => new CoordinatorWord.Refused(ShownText.Of(Encoding.UTF8.GetString(bytes))),
                _ when manifest == Versioned(FromNode) => WordFormat.DecodeNodeWord(bytes),
                _ when manifest == Versioned(FromCoordinator) => WordFormat.DecodeCoordinatorWord(bytes),
                _ => new Unreadable("A message is of an unknown kind.", VersionOf(manifest)),
            };
        }
        catch (WireException fault)
        {
            return new Unreadable(fault.Message);
        }
    }

    private static string Versioned(string direction) => string.Create(CultureInfo.InvariantCulture, $"{direction}{WordFormat.Version}");

    private static int? VersionOf(string manifest) =>
        manifest.Length > 1 && manifest[..1] is FromNode or FromCoordinator
        && int.TryParse(manifest.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;
}

/// <summary>What came in the place of a word.</summary>
/// <param name="OtherVersion">The protocol's version that it is of, where that is why.</param>
public sealed record Unreadable(string Reason, int? OtherVersion = null);
