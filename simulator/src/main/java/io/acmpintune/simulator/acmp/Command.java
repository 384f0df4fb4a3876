package io.acmpintune.simulator.acmp;

/**
 * A command of the Public API in all its versions. It does not depend on which versions a server offers.
 *
 * @param <T> type of the parsed request
 */
interface Command<T> {

    String name();

    /** Returns the format of the request in a version. */
    RequestFormat<T> request(int version);

    /** Executes a request that was parsed in this version. */
    Reply run(int version, T request);
}
