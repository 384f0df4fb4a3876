package io.acmpintune.simulator.acmp;

import java.util.List;

import org.w3c.dom.Element;

/**
 * The expected content of a command's request element.
 *
 * @param <T> type of the parsed content
 */
sealed interface RequestFormat<T> {

    Read<T> read(Element request);

    /** The content of a request, or the refusal of the whole request. */
    sealed interface Read<T> {

        record Good<T>(T content) implements Read<T> {}

        record Bad<T>(Reply.Refused refusal) implements Read<T> {}
    }

    /**
     * One list of plain strings.
     *
     * @param list such as {@code Commands}
     */
    record Strings(String list) implements RequestFormat<List<String>> {

        static final Strings COMMAND_NAMES = new Strings("Commands");

        @Override
        public Read<List<String>> read(Element request) {
            return RequestReader.strings(request, list);
        }
    }

    /**
     * One list of records.
     *
     * @param list such as {@code Clients}
     */
    record Records(String list, RecordType type) implements RequestFormat<List<FieldValues>> {

        @Override
        public Read<List<FieldValues>> read(Element request) {
            return RequestReader.records(request, list, type);
        }
    }

    /**
     * Plain fields.
     *
     * @param type its name is that of the request element
     */
    record Fields(RecordType type) implements RequestFormat<FieldValues> {

        @Override
        public Read<FieldValues> read(Element request) {
            return RequestReader.fields(request, type);
        }
    }
}
