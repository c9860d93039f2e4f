/**
 * Carries a global transaction's branch at the broker: its XA session, its votes, and the pool it
 * is borrowed from.
 */
@NullMarked
package dev.handfast.xa.artemis.internal.branch;

import org.jspecify.annotations.NullMarked;
