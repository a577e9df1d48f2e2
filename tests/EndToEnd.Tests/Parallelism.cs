// Real processes, which wait for much of their time.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
