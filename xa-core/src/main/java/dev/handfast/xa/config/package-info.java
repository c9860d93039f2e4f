/** Immutable, validated configuration and the keys it is read from. */
@NullMarked
package dev.handfast.xa.config;

import org.jspecify.annotations.NullMarked;
