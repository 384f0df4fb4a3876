package io.acmpintune.simulator.acmp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rules by which a server refuses well-formed records. One refused record fails its whole request. */
public final class Refusals {

    private final List<Rule> rules = new ArrayList<>();
    private int licences = Integer.MAX_VALUE;

    Refusals() {}

    private record Rule(String command, String field, Pattern value, int code) {

        boolean applies(String name, FieldValues values) {
            return command.equals(name)
                    && Optional.ofNullable(values.map().get(field)).filter(v -> value.matcher(v).matches()).isPresent();
        }
    }

    /**
     * Refuses records from now on.
     *
     * @param command {@code SaveClients} or {@code SaveMobileDevices}
     * @param field a field of the command's records
     * @param value matches the whole value of the field
     * @param code any but 0
     * @throws IllegalArgumentException if the command has no records, or they have no such field, or the code is 0
     */
    public synchronized void refuse(String command, String field, Pattern value, int code) {
        List<RecordType> types = switch (command) {
            case "SaveClients" -> RecordType.CLIENT;
            case "SaveMobileDevices" -> RecordType.MOBILE_DEVICE;
            default -> throw new IllegalArgumentException(
                    "'" + command + "' has no records; SaveClients and SaveMobileDevices have");
        };
        if (types.getLast().fields().stream().noneMatch(known -> known.name().equals(field))) {
            throw new IllegalArgumentException(types.getLast().name() + " has no field '" + field + "'");
        }
        if (code == 0) {
            throw new IllegalArgumentException("result code 0 refuses nothing");
        }
        rules.add(new Rule(command, field, value, code));
    }

    /** Limits the number of clients. Creating more is refused with 32; existing ones can be changed. */
    public synchronized void licence(int clients) {
        licences = clients;
    }

    /** Removes all rules. */
    public synchronized void clear() {
        rules.clear();
        licences = Integer.MAX_VALUE;
    }

    synchronized Optional<Reply.Refused> of(String command, List<FieldValues> records) {
        for (int i = 0; i < records.size(); i++) {
            for (Rule rule : rules) {
                if (rule.applies(command, records.get(i))) {
                    return Optional.of(new Reply.Refused(rule.code,
                            "record number " + (i + 1) + ": its " + rule.field + " is not taken"));
                }
            }
        }
        return Optional.empty();
    }

    synchronized Optional<Reply.Refused> ofNumber(int clients) {
        return clients > licences
                ? Optional.of(new Reply.Refused(ResultCode.LICENSE_AMOUNT_REACHED.number(),
                        "there are licences for " + licences + " clients"))
                : Optional.empty();
    }
}
