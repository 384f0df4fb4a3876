/**
 * Owns the conversions between Java's types and PostgreSQL's that JDBC does not do, and the connections for what must work while all
 * others are taken. It knows no table and runs no statement.
 */
@NullMarked
package io.acmpintune.runtime.database;

import org.jspecify.annotations.NullMarked;
