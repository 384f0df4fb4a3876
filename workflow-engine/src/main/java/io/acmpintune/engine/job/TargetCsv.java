package io.acmpintune.engine.job;

import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.acmpintune.model.problem.Problem;

/**
 * Targets as CSV of RFC 4180. A spreadsheet must not take a device's name for a formula, also where it separates cells by
 * semicolons: such a text gets a '.
 */
final class TargetCsv {

    private static final Pattern FORMULA = Pattern.compile("(^|[;\t\r\n])(?='*[=+\\-@\t\r])");

    private final PrintWriter out;
    private final boolean personalUsers;

    /** @param personalUsers whether the users of personally owned devices are told */
    TargetCsv(PrintWriter out, boolean personalUsers) {
        this.out = out;
        this.personalUsers = personalUsers;
        line(List.of("clientId", "device", "name", "serial", "owner", "ownership", "state", "stateAt", "problem",
                "detail", "remedy"));
    }

    void write(Job.Target target) {
        Problem problem = target.problem();
        line(List.of(target.clientId().toString(), text(target.device()), text(target.name()), text(target.serial()),
                told(target), text(target.ownership()), target.state().text(), target.stateAt().toString(),
                problem == null ? "" : problem.kindText(), problem == null ? "" : problem.detail(),
                problem == null ? "" : problem.remedy()));
    }

    private String told(Job.Target target) {
        return personalUsers || !"personal".equals(target.ownership()) ? text(target.owner()) : "";
    }

    private void line(List<String> cells) {
        out.write(cells.stream().map(TargetCsv::cell).collect(Collectors.joining(",")));
        out.write("\r\n");
    }

    private static String cell(String text) {
        String safe = FORMULA.matcher(text).replaceAll("$1'");
        return safe.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
