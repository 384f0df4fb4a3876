package io.acmpintune.simulator.sics;

/** What may befall SICS right after it has accepted a message. */
public enum PublishFault {
    /** Every session ends. */
    SESSIONS_END,
    /** The service restarts: sessions, virtual routers, targets and their messages are gone. */
    RESTART
}
