package io.acmpintune.engine.acmp;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.acmpintune.engine.acmp.icql.CommandSchemas;
import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.acmp.icql.ResultCode;
import io.acmpintune.engine.acmp.sics.ConnectionProblem;

/**
 * One ACMP server's Public API, as far as this product uses it. Every command may be sent again without harm: it reads,
 * writes whole records under ids, or deletes. One command is under way at a time; further callers wait for their turn.
 */
public interface Acmp extends AutoCloseable {

    /** Which versions the server has of these commands; names that it does not know are missing from the answer. */
    AcmpReply<CommandVersions> commandVersions(List<String> commands);

    /** The server's description of these commands' requests; names that it does not know are missing from the answer. */
    AcmpReply<CommandSchemas> commandSchemas(List<String> commands);

    /**
     * Asks which client has this name and directory object id ({@code GetClientId} version 1).
     *
     * @return ACMP's id of the client; empty if ACMP has none
     */
    AcmpReply<Optional<UUID>> clientId(ClientKey key);

    /**
     * Creates or updates clients ({@code SaveClients}). All of ACMP's client fields must be in each record, because the
     * command overwrites the whole client.
     *
     * @param version the command's version, which also says which fields the records may have; from 1
     * @return ACMP's records of the same clients, in the order given, each with ACMP's ClientId. That is another than the one
     *     sent where ACMP already had the client; two clients that were sent may then have become one.
     */
    AcmpReply<List<IcqlRecord>> saveClients(int version, List<IcqlRecord> clients);

    /** {@link #saveClients(int, List)} in version 1. */
    default AcmpReply<List<IcqlRecord>> saveClients(List<IcqlRecord> clients) {
        return saveClients(1, clients);
    }

    /**
     * Stores the mobile-device data of clients that ACMP knows ({@code SaveMobileDevices}): all or none.
     *
     * @param version the command's version, which also says which fields the records may have; from 1
     * @return how many records were stored
     */
    AcmpReply<Integer> saveMobileDevices(int version, List<IcqlRecord> devices);

    /** {@link #saveMobileDevices(int, List)} in version 1. */
    default AcmpReply<Integer> saveMobileDevices(List<IcqlRecord> devices) {
        return saveMobileDevices(1, devices);
    }

    /**
     * Deletes clients and all that belongs to them ({@code DeleteClients} version 1). Where ACMP does not know one of them it
     * refuses with {@link ResultCode.Known#CLIENT_NOT_FOUND}; a single client that was to be deleted is then gone already.
     *
     * @return how many clients were deleted
     */
    AcmpReply<Integer> deleteClients(List<UUID> ids);

    /** Removes our reply address from SICS, best effort; a command under way ends as {@link ConnectionProblem.Kind#CLOSED}. */
    @Override
    void close();
}
