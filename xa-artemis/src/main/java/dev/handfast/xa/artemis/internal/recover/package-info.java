/**
 * Reaches the broker for recovery and for the checks at start, on a connection that no work shares.
 */
@NullMarked
package dev.handfast.xa.artemis.internal.recover;

import org.jspecify.annotations.NullMarked;
