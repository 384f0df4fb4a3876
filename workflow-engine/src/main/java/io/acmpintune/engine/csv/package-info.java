/**
 * Owns how tables are written as CSV that spreadsheets open safely.
 * It must not know what the tables are about.
 */
@NullMarked
package io.acmpintune.engine.csv;

import org.jspecify.annotations.NullMarked;
