/**
 * Owns webhooks: deliveries that are stored with the change they report, signed, sent and retried.
 * It must not know jobs, approvals or caps.
 */
@NullMarked
package io.acmpintune.engine.webhook;

import org.jspecify.annotations.NullMarked;
