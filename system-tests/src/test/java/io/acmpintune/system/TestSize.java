package io.acmpintune.system;

/**
 * How large a test is: short in each build, full under {@code -Psoak}. A system property of its own overrides both, such as
 * {@code -Dsystem.devices=20000}.
 */
final class TestSize {

    private TestSize() {}

    static boolean isFull() {
        return Boolean.getBoolean("system.soak");
    }

    static int of(String property, int inEachBuild, int full) {
        return Integer.getInteger(property, isFull() ? full : inEachBuild);
    }
}
