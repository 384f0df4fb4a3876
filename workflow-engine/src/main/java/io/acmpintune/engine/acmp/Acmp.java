package io.acmpintune.engine.acmp;

import java.util.List;

/**
 * One ACMP server's Public API, as far as this product uses it. Every command may be sent again without harm: it either
 * reads, or writes whole records under ids. One command is under way at a time; further callers wait for their turn.
 */
public interface Acmp extends AutoCloseable {

    /** Which versions the server has of these commands; names that it does not know are missing from the answer. */
    AcmpReply<CommandVersions> commandVersions(List<String> commands);

    /** The server's description of these commands' requests; names that it does not know are missing from the answer. */
    AcmpReply<CommandSchemas> commandSchemas(List<String> commands);

    /**
     * Creates or updates clients ({@code SaveClients} version 1). All of ACMP's client fields must be in each record,
     * because the command overwrites the whole client.
     *
     * @return ACMP's records of the same clients, in the order given, each with its ClientId
     */
    AcmpReply<List<IcqlRecord>> saveClients(List<IcqlRecord> clients);

    /**
     * Stores the mobile-device data of clients that ACMP knows ({@code SaveMobileDevices} version 1): all or none.
     *
     * @return how many records were stored
     */
    AcmpReply<Integer> saveMobileDevices(List<IcqlRecord> devices);

    /** Removes our reply address from SICS, best effort; a command under way ends as {@link AcmpProblem.Kind#CLOSED}. */
    @Override
    void close();
}
