package io.acmpintune.simulator.acmp;

/**
 * A command of the Public API in all its versions; which of them a server offers is not the command's business.
 *
 * @param <T> what a request comes down to
 */
interface Command<T> {

    String name();

    /** What the request element holds in a version that the command has. */
    RequestFormat<T> request(int version);

    /** Carries out a request that was read in this version. */
    Reply run(int version, T request);
}
