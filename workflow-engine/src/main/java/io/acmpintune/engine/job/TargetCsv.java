package io.acmpintune.engine.job;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;

/** Targets as CSV of RFC 4180. A spreadsheet must not take a device's name for a formula: such a cell begins with '. */
final class TargetCsv {

    private static final String FORMULA = "=+-@\t\r";

    private final PrintWriter out;

    TargetCsv(PrintWriter out) {
        this.out = out;
        line(List.of("clientId", "device", "name", "serial", "owner", "ownership", "state", "stateAt", "problem",
                "detail", "remedy"));
    }

    void write(Job.Target target) {
        Problem problem = target.problem();
        line(List.of(target.clientId().toString(), text(target.device()), text(target.name()), text(target.serial()),
                text(target.owner()), text(target.ownership()), target.state().text(), target.stateAt().toString(),
                problem == null ? "" : problem.kind(), problem == null ? "" : problem.detail(),
                problem == null ? "" : problem.remedy()));
    }

    private void line(List<String> cells) {
        out.write(cells.stream().map(TargetCsv::cell).collect(Collectors.joining(",")));
        out.write("\r\n");
    }

    private static String cell(String text) {
        String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
