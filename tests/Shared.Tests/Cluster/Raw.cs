using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Serialization;

namespace FashionSweep.Shared.Tests.Cluster;

/// <summary>What nobody who keeps to the protocol would send, under the number of its serializer.</summary>
internal sealed record Raw(string Manifest, string Text)
{
    /// <summary>For an actor system that is to send it.</summary>
    public static string Configuration => $$"""
        akka.actor.serializers.raw = "{{typeof(Serializer).AssemblyQualifiedName}}"
        akka.actor.serialization-bindings { "{{typeof(Raw).AssemblyQualifiedName}}" = raw }
        """;

    private sealed class Serializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
    {
        public override int Identifier => 7301;

        public override string Manifest(object o) => ((Raw)o).Manifest;

        public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes(((Raw)obj).Text);

        public override object FromBinary(byte[] bytes, string manifest) => throw new SerializationException("It only sends.");
    }
}
