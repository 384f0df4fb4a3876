package io.acmpintune.engine.publication;

import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.acmpintune.engine.fixture.Mappings;
import io.acmpintune.engine.fixture.World;
import io.acmpintune.engine.mapping.Mapping;
import io.acmpintune.engine.mapping.MappingFile;
import io.acmpintune.engine.workflow.Publishing;
import io.acmpintune.simulator.acmp.CommandVersions;
import io.acmpintune.simulator.acmp.ReplyFault;

import static org.assertj.core.api.Assertions.assertThat;

/** The server is asked for its commands, and nothing is sent that it would not accept. */
class ServerCommandsTest extends PublishLaneFixture {

    private static final World WORLD = World.start();

    ServerCommandsTest() {
        super(WORLD.emptyServer());
    }

    @AfterAll
    static void stop() {
        WORLD.close();
    }

    @Test
    void aServerIsAskedForItsCommandsOnceAnHour() {
        ClientPublisher publisher = publisher();
        publisher.run(lane());
        clock.advance(Duration.ofMinutes(30));
        publisher.run(lane());
        assertThat(acmp.inside().commandsReceived("GetCommandVersions")).isEqualTo(1);
        assertThat(status().schemaAsOf()).isEqualTo(clock.instant().minus(Duration.ofMinutes(30)));

        clock.advance(Duration.ofMinutes(31));
        publisher.run(lane());
        assertThat(acmp.inside().commandsReceived("GetCommandVersions")).isEqualTo(2);
        assertThat(status().schemaAsOf()).isEqualTo(clock.instant());
    }

    @Test
    void theLastDescriptionIsUsedWhileTheServerCannotBeAsked() {
        imported(2);
        phones.rename(0, 1, "RENAMED-");
        acmp.inside().faults().next("GetCommandVersions", 1, new ReplyFault.Refused(19));

        ClientPublisher publisher = publisher();
        publisher.run(lane());

        assertThat(acmp.inside().client(phones.acmpId(0)).orElseThrow()).containsEntry("ComputerName", "RENAMED-0");
        assertThat(status()).satisfies(status -> {
            assertThat(status.schemaProblem()).contains("result code 19");
            assertThat(status.schemaProblemSince()).isEqualTo(clock.instant());
            assertThat(status.schemaAsOf()).isEqualTo(clock.instant().minus(Duration.ofHours(2)));
            assertThat(status.problem()).isNull();
        });
        assertThat(new AcmpServersHealth(statuses).health().getDetails()).containsEntry("condition", "degraded");

        clock.advance(Duration.ofMinutes(6));
        publisher.run(lane());
        assertThat(status().schemaProblem()).isNull();
        assertThat(new AcmpServersHealth(statuses).health().getDetails()).containsEntry("condition", "ok");
    }

    @Test
    void nothingIsSentToAServerThatNeverDescribedItsCommands() {
        phones.enrol(0, 1);
        acmp.inside().faults().next("GetCommandVersions", 1, new ReplyFault.Refused(19));

        publisher().run(lane());

        assertThat(writes()).isZero();
        assertThat(status().problem()).contains("result code 19");
    }

    @Test
    void aMappingThatTheServerRejectsStopsPublishingAndParksNoClient() {
        Mapping wrong = MappingFile.read("own.yml",
                Mappings.standardText().replace("  ComputerName:", "  ComputerNam:"));
        Mapping[] current = {wrong};
        ClientPublisher publisher = new Publishers(database, clock, () -> current[0]).publisher(workflow, acmp);
        phones.enrol(0, 3);

        publisher.run(lane());

        assertThat(writes()).isZero();
        assertThat(status()).satisfies(status -> {
            assertThat(status.problem()).contains("acmp.servers.ACMP-1", "own.yml, line ", "has no field ComputerNam",
                    "Rename it to ComputerName");
            assertThat(status.parked()).isZero();
        });

        current[0] = Mappings.standard();
        clock.advance(Duration.ofMinutes(1));
        publisher.run(lane());
        assertThat(status().acknowledged()).isEqualTo(3);
        assertThat(status().problem()).isNull();
    }

    @Test
    void recordsAreSentInTheVersionThatTheMappingFits() {
        acmp.inside().offer(CommandVersions.parse("SaveClients:1,2,3;SaveMobileDevices:2"));
        phones.enrol(0, 2);

        publish();

        assertThat(status().acknowledged()).isEqualTo(2);
        assertThat(status().parked()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GetClientId", "DeleteClients"})
    void aMissingCommandIsReportedWithItsConfigurationKey(String command) {
        configure(Publishing.LookUp.ALL, Publishing.Apply.AUTOMATIC, Duration.ofDays(30), 100_000);
        acmp.inside().offer(CommandVersions.parse(command + ":"));
        phones.enrol(0, 2);

        publisher().run(lane());

        assertThat(status().problem()).contains("has no " + command + " version 1", "acmp.workflows.");
        assertThat(writes()).isZero();
    }
}
