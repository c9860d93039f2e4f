/** Immutable, validated configuration and the keys that set it. */
@NullMarked
package dev.handfast.xa.config;

import org.jspecify.annotations.NullMarked;
