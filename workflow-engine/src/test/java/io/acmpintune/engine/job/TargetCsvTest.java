package io.acmpintune.engine.job;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.acmpintune.model.action.ActionState;
import io.acmpintune.model.action.Impact;
import io.acmpintune.model.problem.Problem;
import io.acmpintune.model.problem.ProblemKind;

import static org.assertj.core.api.Assertions.assertThat;

class TargetCsvTest {

    @Test
    void aTargetIsALineUnderTheNamesOfItsColumns() {
        assertThat(csv("PC \"1\", \nupstairs")).isEqualTo("""
                clientId,device,name,serial,owner,ownership,state,stateAt,problem,detail,remedy\r
                00000000-0000-0001-0000-000000000002,device-1,"PC ""1"", \nupstairs",S-1,,,refused,\
                2026-11-23T08:00:00Z,device-gone,It left.,Nothing.\r
                """);
    }

    @Test
    void aNameIsNeverAFormula() {
        assertThat(csv("=1+1")).contains(",'=1+1,");
    }

    private static String csv(String name) {
        StringWriter out = new StringWriter();
        new TargetCsv(new PrintWriter(out)).write(new Job.Target(new UUID(1, 2), "device-1", name, "S-1", null, false,
                null, null, null, null, Impact.DESTRUCTIVE, null, ActionState.REFUSED,
                Instant.parse("2026-11-23T08:00:00Z"),
                Problem.of(ProblemKind.DEVICE_GONE, "It left.", "Nothing.")));
        return out.toString();
    }
}
