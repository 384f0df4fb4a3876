/**
 * Owns HTTP connections to Microsoft: proxy, trusted certificates, and whether a failed request was sent.
 * It must not know the services behind the addresses.
 */
@NullMarked
package io.acmpintune.connector.outbound;

import org.jspecify.annotations.NullMarked;
