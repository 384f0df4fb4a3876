/**
 * Owns a real browser for tests, and what it checks on each page: no errors, no other hosts, accessibility.
 * It must not know what the pages are about.
 */
@NullMarked
package io.acmpintune.runtime.browser;

import org.jspecify.annotations.NullMarked;
