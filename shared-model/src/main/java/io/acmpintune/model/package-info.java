@NullMarked
package io.acmpintune.model;

import org.jspecify.annotations.NullMarked;
