/** Reads configuration files, environment variables and system properties into configuration. */
@NullMarked
package dev.handfast.xa.internal.settings;

import org.jspecify.annotations.NullMarked;
