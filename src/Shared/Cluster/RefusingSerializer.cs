using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace FashionSweep.Shared.Cluster;

/// <summary>Stands where Akka has a serializer that makes objects of any type that a message names: it makes none.</summary>
internal sealed class RefusingSerializer : Serializer
{
    /// <param name="config">Not looked at: Akka gives it to the one of this number.</param>
    public RefusingSerializer(ExtendedActorSystem system, Config config)
        : base(system)
    {
    }

    public override int Identifier => 1;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj) => throw new SerializationException($"{obj.GetType().Name} is not sent to other processes.");

    public override object FromBinary(byte[] bytes, Type type) => throw new SerializationException("Only words of links are taken.");
}
