package io.acmpintune.engine.job;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;

import io.acmpintune.engine.csv.Csv;
import io.acmpintune.model.problem.Problem;

/** Writes targets as CSV. */
final class TargetCsv {

    private final PrintWriter out;

    TargetCsv(PrintWriter out) {
        this.out = out;
        out.write(Csv.line(List.of("clientId", "device", "name", "serial", "owner", "ownership", "state", "stateAt",
                "problem", "detail", "remedy")));
    }

    void write(Job.Target target) {
        Problem problem = target.problem();
        out.write(Csv.line(Arrays.asList(target.clientId().toString(), target.device(), target.name(),
                target.serial(), target.owner(), target.ownership(), target.state().text(),
                target.stateAt().toString(), problem == null ? null : problem.kind().text(),
                problem == null ? null : problem.detail(), problem == null ? null : problem.remedy())));
    }
}
