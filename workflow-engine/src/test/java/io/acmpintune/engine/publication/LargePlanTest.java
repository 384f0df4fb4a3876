package io.acmpintune.engine.publication;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.engine.publication.plan.PlanKind;
import io.acmpintune.engine.publication.plan.Policy;
import io.acmpintune.engine.workflow.TestWorkflows;
import io.acmpintune.runtime.fixture.TestClock;

import static org.assertj.core.api.Assertions.assertThat;

/** Plans for a large tenant, with much to do and with little. */
class LargePlanTest {

    private static final int CLIENTS = 50_000;

    private final EngineDatabase database = EngineDatabase.empty();
    private final TestClock clock = TestClock.fixed();
    private final Snapshots snapshots = new Publishers(database, clock).snapshots();

    @Test
    void fiftyThousandClientsArePlanned() {
        database.jdbc().sql("""
                insert into client (workflow, device, created_for, client_id, name, removed, client_record,
                    client_fingerprint, device_record, device_fingerprint, stable_fingerprint, changed_at, created_at)
                select :workflow, 'd' || n, 'd' || n, gen_random_uuid(), 'PHONE-' || n, false,
                    json_build_object('ComputerName', n), sha256(n::text::bytea),
                    json_build_object('DeviceName', repeat(md5(n::text), 100)), sha256(('m' || n)::bytea),
                    sha256(('s' || n)::bytea), now(), now()
                from generate_series(1, :clients) n
                """).param("workflow", TestWorkflows.NAME).param("clients", CLIENTS).update();
        database.jdbc().sql("analyze client").update();

        assertThat(planned()).isEqualTo(Map.of(PlanKind.CREATE, CLIENTS));

        database.jdbc().sql("""
                insert into acknowledgement (workflow, client_id, acmp_server, acmp_client_id, origin,
                    client_fingerprint, device_fingerprint, stable_fingerprint, device_record)
                select workflow, client_id, 'ACMP-1', client_id, 'CREATED', client_fingerprint, device_fingerprint,
                    stable_fingerprint, device_record from client
                """).update();
        database.jdbc().sql("analyze acknowledgement").update();
        database.jdbc().sql("update client set device_fingerprint = '\\x01' where name like 'PHONE-%77'").update();

        assertThat(planned()).isEqualTo(Map.of(PlanKind.UPDATE, 500, PlanKind.UNCHANGED, CLIENTS - 500));
    }

    private Map<PlanKind, Integer> planned() {
        return snapshots
                .plan(TestWorkflows.NAME, Publishers.SERVER, new Policy(null, false, CLIENTS),
                        clock.instant())
                .counts();
    }
}
