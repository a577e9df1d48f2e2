namespace FashionSweep.Shared.Tests.Links;

/// <summary>Both ends of links, under loss, repetition, broken connections, freezes, restarts of nodes and of the coordinator.</summary>
public sealed class DeliveryModelTests
{
    private const int Seeds = 2000;

    [Fact]
    public void WhatANodeSaysIsStoredInItsOrderAndNothingOfALivingOneIsLost()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var world = new DeliveryWorld(seed);
            world.Happen(steps: 150);
            world.Heal();
        }
    }
}
