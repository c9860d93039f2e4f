/** Reads files, environment variables and system properties into validated configuration. */
@NullMarked
package dev.handfast.xa.internal.settings;

import org.jspecify.annotations.NullMarked;
