/**
 * Owns what people see: the pages of the console, in their language, their time and their colours.
 * It must not decide anything: it asks the features, and shows what they answer. Nobody knows it.
 */
@NullMarked
package io.acmpintune.engine.console;

import org.jspecify.annotations.NullMarked;
