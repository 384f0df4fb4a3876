package io.acmpintune.engine.publication;

import java.util.UUID;

/**
 * A client with its records as they are now: once one of the prints differs it is another matter.
 *
 * @param clientPrint hexadecimal
 * @param mobilePrint hexadecimal
 */
record AsItIs(UUID client, String clientPrint, String mobilePrint) {}
