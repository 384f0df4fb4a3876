package io.acmpintune.system;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import io.acmpintune.simulator.demo.Installation;
import io.acmpintune.simulator.demo.Patience;

import static org.assertj.core.api.Assertions.assertThat;

/** A tenant of 50,000 devices, read by the connector's jar with the heap that every installation of ours gives it: 256 MB. */
class LargeTenantIT {

    private static final int DEVICES = 50_000;
    private static final String CONNECTOR = "/api/v1/connectors/IntuneConnector_1";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void fiftyThousandDevicesAreReadInFewCallsAndAgainWithoutWritingOne() throws Exception {
        Path directory = Path.of(System.getProperty("system.directory"), UUID.randomUUID().toString());
        Installation.Plan plan = new Installation.Plan(directory, Path.of(System.getProperty("system.connector-jar")),
                null, DEVICES, Duration.ofSeconds(5), null);
        try (Installation installation = Installation.start(plan, LargeTenantIT::tell);
                Connection database = DriverManager.getConnection(installation.databaseUrl())) {
            JsonNode first = ended(installation, 0);
            String stored = text(database, "select pg_current_xact_id()::text");
            installation.connector().post(CONNECTOR + "/scans", Map.of(), Map.of());
            JsonNode second = ended(installation, first.path("id").asLong());

            assertThat(first.path("state").asString()).isEqualTo("FINISHED");
            assertThat(first.path("added").asInt()).isEqualTo(DEVICES);
            assertThat(first.path("graphCalls").asInt()).isLessThanOrEqualTo(55);
            assertThat(second.path("state").asString()).isEqualTo("FINISHED");
            assertThat(second.path("unchanged").asInt()).isEqualTo(DEVICES);
            assertThat(second.path("graphCalls").asInt()).isLessThanOrEqualTo(55);
            // each row names the transaction that wrote it
            assertThat(text(database,
                    "select count(*)::text from connector.device where xmin::text::bigint > " + stored)).isEqualTo("0");
            assertThat(text(database, "select count(*)::text from connector.device")).isEqualTo("" + DEVICES);
        }
    }

    private static void tell(String progress) {
        System.out.println(progress);
    }

    private static JsonNode ended(Installation installation, long after) throws Exception {
        return Patience.until("the scan has ended", PATIENCE, () -> {
            JsonNode scan = installation.connector().get(CONNECTOR).path("lastScan");
            return scan.path("id").asLong(0) > after && !scan.path("state").asString("").equals("RUNNING")
                    ? Optional.of(scan)
                    : Optional.empty();
        });
    }

    private static String text(Connection database, String query) throws Exception {
        try (Statement statement = database.createStatement(); ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
