/**
 * Owns the tests of alerts: when webhooks are notified, and how often. They must not know how webhooks are delivered.
 */
@NullMarked
package io.acmpintune.engine.alert;

import org.jspecify.annotations.NullMarked;
