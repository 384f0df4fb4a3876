package io.acmpintune.engine.acmp.icql;

import java.util.List;

/**
 * A command with what it is about.
 *
 * @param command its name, as in {@code SaveClients}
 * @param version its version, from 1
 */
public record IcqlRequest(String command, int version, Content content) {

    /** What stands inside a request: ICQL writes each of these differently. */
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
