package io.acmpintune.engine.acmp;

import java.util.List;

/**
 * A command with its one list.
 *
 * @param command its name, as in {@code SaveClients}
 * @param version its version, from 1
 * @param list what it is about
 */
record IcqlRequest(String command, int version, Items list) {

    /** The list inside a request: ICQL writes texts and records differently. */
    sealed interface Items {

        /** The name of the element around the list. */
        String name();

        /** Texts, each in an element {@code string}. */
        record Texts(String name, List<String> texts) implements Items {

            public Texts {
                texts = List.copyOf(texts);
            }
        }

        /** Records, each in an element named after its type, as in {@code TClient_V1}. */
        record Records(String name, String type, List<IcqlRecord> records) implements Items {

            public Records {
                records = List.copyOf(records);
            }
        }
    }

    /** The name of the request's own type, as in {@code TSaveClientsRequest_V1}. */
    String type() {
        return "T" + command + "Request_V" + version;
    }
}
