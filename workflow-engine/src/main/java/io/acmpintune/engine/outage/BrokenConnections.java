package io.acmpintune.engine.outage;

import java.util.Map;

/** What of a workflow does not answer now. */
@FunctionalInterface
interface BrokenConnections {

    /** The kind of problem, by the name of the connector or the id of the ACMP server. */
    Map<String, String> look();
}
