/** Holds what a definition says and opens connections to the one broker node that it names. */
@NullMarked
package dev.handfast.xa.artemis.internal.client;

import org.jspecify.annotations.NullMarked;
