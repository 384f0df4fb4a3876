/**
 * Owns a real browser for tests, and what each page must stand before it: no complaints, no other hosts, accessible.
 * It must not know what the pages are about.
 */
@NullMarked
package io.acmpintune.runtime.browser;

import org.jspecify.annotations.NullMarked;
