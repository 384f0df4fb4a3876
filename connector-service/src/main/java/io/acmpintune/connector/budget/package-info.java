/**
 * Owns how much may be asked of Intune: one budget per tenant and application, shared by all replicas through PostgreSQL.
 * It must not know what is asked, nor Graph's answers beyond "too many requests".
 */
@NullMarked
package io.acmpintune.connector.budget;

import org.jspecify.annotations.NullMarked;
