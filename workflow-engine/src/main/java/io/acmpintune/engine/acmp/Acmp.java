package io.acmpintune.engine.acmp;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.acmpintune.engine.acmp.icql.CommandSchemas;
import io.acmpintune.engine.acmp.icql.IcqlRecord;
import io.acmpintune.engine.acmp.icql.ResultCode;
import io.acmpintune.engine.acmp.sics.ConnectionProblem;

/**
 * The commands of one ACMP server's Public API that this product uses. Every command can safely be sent again: it reads,
 * writes whole records under ids, or deletes. Commands are sent one at a time; further callers wait.
 */
public interface Acmp extends AutoCloseable {

    /** Returns the versions that the server has of these commands, without commands that it does not know. */
    AcmpReply<CommandVersions> commandVersions(List<String> commands);

    /** Returns the schemas of these commands' requests, without commands that the server does not know. */
    AcmpReply<CommandSchemas> commandSchemas(List<String> commands);

    /**
     * Looks up the client with this name and directory object id ({@code GetClientId} version 1).
     *
     * @return ACMP's id of the client; empty if ACMP has none
     */
    AcmpReply<Optional<UUID>> clientId(ClientKey key);

    /**
     * Creates or updates clients ({@code SaveClients}). All of ACMP's client fields must be in each record, because the
     * command overwrites the whole client.
     *
     * @param version the command's version, from 1; it determines which fields the records may have
     * @return ACMP's records of the same clients, in the order given, each with ACMP's ClientId. It differs from the one sent
     *     where ACMP already had the client; two clients that were sent may then be the same one.
     */
    AcmpReply<List<IcqlRecord>> saveClients(int version, List<IcqlRecord> clients);

    /** {@link #saveClients(int, List)} in version 1. */
    default AcmpReply<List<IcqlRecord>> saveClients(List<IcqlRecord> clients) {
        return saveClients(1, clients);
    }

    /**
     * Stores the mobile-device data of existing clients ({@code SaveMobileDevices}), all or none.
     *
     * @param version the command's version, from 1; it determines which fields the records may have
     * @return how many records were stored
     */
    AcmpReply<Integer> saveMobileDevices(int version, List<IcqlRecord> devices);

    /** {@link #saveMobileDevices(int, List)} in version 1. */
    default AcmpReply<Integer> saveMobileDevices(List<IcqlRecord> devices) {
        return saveMobileDevices(1, devices);
    }

    /**
     * Deletes clients with all their data ({@code DeleteClients} version 1). ACMP refuses with
     * {@link ResultCode.Known#CLIENT_NOT_FOUND} if it does not know one of them; a single client is then deleted already.
     *
     * @return how many clients were deleted
     */
    AcmpReply<Integer> deleteClients(List<UUID> ids);

    /** Removes our reply address from SICS, best effort; a command in progress ends as {@link ConnectionProblem.Kind#CLOSED}. */
    @Override
    void close();
}
