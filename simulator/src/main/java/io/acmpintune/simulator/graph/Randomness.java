package io.acmpintune.simulator.graph;

/** Derives reproducible random bits from a seed and a number (SplitMix64's finalizer). */
final class Randomness {

    private Randomness() {}

    static long of(long seed, long number) {
        long z = seed * 0x9E3779B97F4A7C15L + (number + 1) * 0xD1B54A32D192ED03L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
