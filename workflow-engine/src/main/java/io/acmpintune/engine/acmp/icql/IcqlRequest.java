package io.acmpintune.engine.acmp.icql;

import java.util.List;

/**
 * A command with its content.
 *
 * @param command the command's name, as in {@code SaveClients}
 * @param version the command's version, from 1
 */
public record IcqlRequest(String command, int version, Content content) {

    /** The content of a request, which ICQL writes in one of these forms. */
    public sealed interface Content {

        /** Fields of the request itself. */
        record Fields(IcqlRecord fields) implements Content {}

        /** A list of texts, each in an element {@code string}; {@code name} is the element around them. */
        record Texts(String name, List<String> texts) implements Content {

            public Texts {
                texts = List.copyOf(texts);
            }
        }

        /** A list of records, each in an element named after its type, as in {@code TClient_V1}. */
        record Records(String name, String type, List<IcqlRecord> records) implements Content {

            public Records {
                records = List.copyOf(records);
            }
        }
    }
}
