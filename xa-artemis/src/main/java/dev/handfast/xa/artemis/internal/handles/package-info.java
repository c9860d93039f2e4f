/** Gives the application its connections, sessions, producers, consumers and contexts. */
@NullMarked
package dev.handfast.xa.artemis.internal.handles;

import org.jspecify.annotations.NullMarked;
